"""Two talks to make unknown: invented people, test numbers."""

FIRST = """Interviewer: Kunt u zich voorstellen?
Respondent: Ik ben Jan de Vries en ik werk bij de gemeente Urk.
Interviewer: Met wie werkt u samen?
Respondent: Met mevrouw El Amrani. Zij werkt bij Werkzaak. Haar nummer is 06-12345678.
Interviewer: En verder?
Respondent: Meneer De Vries, dat ben ik dus, mailt naar info@voorbeeld.test. BSN 111222333.
"""
SECOND = """Interviewer: Wie kent u?
Respondent: Ik ken Jan de Vries uit Urk goed.
Interviewer: Anderen ook?
Respondent: Mevrouw Bakker belt soms. Blauwbaard komt ook.
"""
NAMES = ("Vries", "Amrani", "12345678", "111222333", "info@voorbeeld")
