"""Which first names are common in the Netherlands, and whom do they usually belong to?

Put together by hand for this project, from no list: a few hundred names of several origins. It
helps to find names and is far from all of them. A name that is also a Dutch word, month or place
stands in ``ALSO_A_WORD``: alone at the start of a sentence it is not taken for a name.
"""

_FEMALE = """
    Aaltje Ada Adriana Agnes Agnieszka Aicha Aisha Aleida Alice Alida Amina Amira Angela Angelique
    Anita Anja Anke Anna Anne Anneke Annelies Annemarie Annemiek Annet Annette Annie Annika Antje
    Asma Astrid Aukje Aya Ayse Babette Barbara Beatrix Bep Betty Bianca Birgit Brenda Brigitte
    Carla Carmen Carolien Caroline Catharina Cecile Chantal Charlotte Christa Christel Christina
    Claire Claudia Coby Conny Corrie Danielle Daniëlle Daphne Debbie Demi Denise Diana Dina Dineke
    Dorien Dorine Edith Eline Elisabeth Elise Elke Ellen Elly Els Elsbeth Else Emily Emine Emma
    Emmy Erica Erika Esma Esmee Esmée Esra Esther Eva Evelien Eveline Evi Fatima Fatma Femke Fenna
    Fien Fleur Floortje Francien Froukje Geertje Geertruida Gerda Gerdien Gerrie Gertrude Gonda
    Greetje Greta Gulay Gülay Hafida Hanan Hanna Hannah Hanneke Hannie Hatice Hedwig Heidi Helena
    Helga Hennie Henny Hettie Hilda Hilde Hülya Ida Ilona Ilse Imane Ina Ine Inge Ingeborg Ingrid
    Irene Iris Irma Isa Isabel Isabella Isabelle Ivonne Jacoba Jacqueline Jana Janine Janna
    Janneke Jannie Jantine Jantje Jasmijn Jeanette Jeanne Jennifer Jenny Jessica Jet Jette Jo-Ann
    Joanna Joke Jolanda Jolien Jolijn Josephine Josien Joyce Judith Julia Julie Juliette Karima
    Karin Karlijn Katarzyna Katja Kelly Khadija Kim Kirsten Klaartje Klaasje Kübra Lara Latifa
    Laura Leila Leonie Leontien Lianne Lidia Lidwien Lieke Lien Lies Liesbeth Lina Linda Lisa
    Lisanne Lisette Loes Lotte Louisa Louise Lucia Lydia Maaike Maartje Malika Manon Margot
    Margreet Margriet Maria Mariam Marian Marianne Marie Marieke Marielle Mariet Marije Marijke
    Marina Mariëlle Marja Marjan Marjo Marjolein Marjon Marleen Marlies Marloes Martina Martine
    Mathilde Meike Melanie Melissa Mercedes Merel Meryem Mia Michelle Mieke Miep Mila Milou Mina
    Minke Mirella Miriam Mirjam Moniek Monique Myrthe Nadia Nadine Naima Najat Nancy Naomi Natalie
    Natasja Nel Nelleke Nicole Nicolien Nienke Nina Noa Noor Noortje Nora Olga Patricia Paula
    Paulien Petra Pien Pleuni Rachel Rachida Ramona Rebecca Renate Renee Renske Ria Rianne Riet
    Rita Romy Ronja Roos Roosmarijn Rosa Rosalie Roxanne Ruth Sabine Sabrina Safae Saida Salma
    Samira Sandra Sanne Sara Sarah Saskia Selma Sevgi Sharon Sien Sietske Sifra Silvia Simone
    Sjaan Sjoukje Sofie Sonja Sophie Soraya Stella Sterre Stien Suzan Suzanne Sylvia Tamara Tanja
    Tara Tess Teuntje Thea Theresa Tina Tineke Titia Tjitske Toos Tooske Trees Trijntje Trudy
    Truus Ursula Valerie Vera Veronica Victoria Vivian Wendy Wies Wietske Wil Wilhelmina Willemien
    Willemijn Wilma Yara Yasmina Yasmine Yvette Yvonne Zainab Zeynep Zohra Zoë
"""
FEMALE = frozenset(_FEMALE.split())
_MALE = """
    Aad Aart Abdel Abdul Abdullah Abel Adam Adil Adriaan Ahmed Ahmet Albert Alex Alexander Ali
    Amir Andre Andreas André Anton Anwar Appie Arend Arie Arjan Arjen Arno Arnold Arnoud Aron
    Arthur Ayoub Aziz Barend Bart Bas Bastiaan Ben Benjamin Berend Bernard Bert Bilal Bjorn Bob
    Boris Boudewijn Brahim Bram Brian Bruno Casper Chris Christiaan Cor Cornelis Daan Damian
    Daniel Daniël Danny Dave David Dennis Derk Dick Diederik Dirk Driss Duncan Ed Edwin Eelco
    Egbert Emre Eric Erik Ernst Erwin Evert Ewout Faisal Farid Ferdi Ferdinand Ferry Floris
    Franciscus Frank Frans Fred Frederik Frits Geert Gerald Gerard Gerben Gerrit Gert Gert-Jan
    Gijs Gijsbert Glenn Guido Guus Hakan Hamid Hamza Hans Harm Harrie Harry Hasan Hassan Hein
    Hendrik Henk Henri Herman Hicham Hidde Hubert Hugo Huseyin Ibrahim Idris Ilias Imran Ismail
    Ivo Jaap Jack Jacob Jacques Jamal Jan Jari Jasper Jayden Jelle Jelmer Jeroen Jesse Jim Jip Job
    Jochem Joep Joeri Johan Johannes John Johnny Jonathan Joop Joost Jordy Joris Jos Josef Joshua
    Julian Jurgen Jurjen Justin Kamal Karel Karim Kees Kemal Kevin Khalid Klaas Koen Koos Lars
    Laurens Leen Leendert Lennart Leo Leon Levi Lex Lodewijk Loek Louis Lubbert Luc Luca Lucas
    Ludo Luuk Maarten Machiel Mahmoud Marcel Marco Marinus Mario Mark Marten Martijn Martin Marwan
    Mathijs Mats Matthijs Maurice Maurits Max Mees Mehmed Mehmet Melle Menno Merijn Michael Michel
    Michiel Mike Milan Mo Mohamed Mohammed Mostafa Mounir Murat Mustafa Nabil Nathan Nick Nico
    Nicolaas Niek Niels Noah Nordin Olaf Olivier Omar Onno Oscar Osman Otto Pascal Patrick Paul
    Peter Philip Piet Pieter Pim Piotr Quincy Quinten Rachid Rafael Ralf Ramon Raoul Raymond
    Reinier Reinoud Remco Remko Rene Rens René Ricardo Richard Rick Rien Rik Rinus Rob Robbert
    Robert Robin Roderick Roel Roelof Rogier Roland Ronald Ruben Rudy Rutger Ruud Ryan Said Salim
    Sam Samir Samuel Sander Sebastiaan Sebastian Sem Serge Siebe Siem Sietse Simon Sjaak Sjoerd
    Soufiane Stan Stef Stefan Steven Stijn Sven Taco Tarik Ted Teun Theo Theun Thijs Thom Thomas
    Tibor Tijmen Tijn Tim Timo Tobias Tom Tomasz Ton Toon Twan Tygo Ugur Victor Vincent Volkan
    Wessel Wiebe Wietse Wilbert Wilfred Willem Wim Wout Wouter Wubbo Xander Yassin Yassine Youssef
    Yunus Yusuf Zakaria
"""
MALE = frozenset(_MALE.split())
_EITHER = """
    Ans Bo Chris Dominique Evi Floor Jo Joan Jody Jona Kyra Lou Luca Marijn Maxime Mika Morgan
    Nikki Noah Pat Robin Sam Sascha Senna Sil Toni Tonny
"""
EITHER = frozenset(_EITHER.split())
_ALSO_A_WORD = """
    Adam Ans Arend Bas Beatrix Ben Bo Cor Demi Door Ed Elke Els Fien Fleur Floor Gerard Hein Ida Ina
    Ine Iris Isa Jet Jip Jo Job Jos Leen Lies Lot Lou Mark Max Mees Merel Mia Mina Mo Noor Pat
    Pien Ria Riet Rik Rita Rob Roos Rosa Sam Sien Sil Stan Stef Stella Sterre Storm Ted Tim Ton
    Toon Trees Vera Victoria Wies Wil Will
"""
ALSO_A_WORD = frozenset(_ALSO_A_WORD.split())
FIRST_NAMES = FEMALE | MALE | EITHER
