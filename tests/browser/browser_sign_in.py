"""What do people in browser tests sign in with?"""

PASSWORD = "een-lang-wachtwoord"
