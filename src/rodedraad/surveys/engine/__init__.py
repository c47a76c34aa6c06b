"""Do answers fit a questionnaire? survey-core says so, in processes apart, behind our guard."""
