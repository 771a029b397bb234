"""Words that invented contacts are made of: names, places, streets, trades."""

GIVEN = {
    "de": "Hans Karl Jürgen Günther Klaus Jörg Björn Stefan Andreas Matthias Wolfgang "
    "Friedrich Heinrich Johannes Thomas Maximilian Alexander Sebastian Anna Katharina "
    "Elisabeth Margarete Ursula Käthe Jana Sabine Petra Monika Brigitte Susanne Marie "
    "Maria Mareike Theresa Hannelore Gabriele Franziska Christina Christine Antje",
    "en": "William Robert Richard James John Michael Thomas Edward Charles Christopher "
    "Anthony Andrew Daniel Matthew Joseph Benjamin Samuel Gregory Kenneth Lawrence "
    "Elizabeth Margaret Katherine Jennifer Patricia Deborah Rebecca Victoria Susan "
    "Barbara Pamela Abigail Josephine Eleanor Dorothy Judith Alice Emma Sophie Grace",
    "fr": "Jean Pierre François René Étienne Jérôme Benoît Gérard Frédéric Mickaël Luc "
    "Hélène Chloé Zoé Amélie Geneviève Françoise Joëlle Marie Claire Camille Noémie",
    "es": "José Ángel Andrés Ramón Íñigo Joaquín Francisco Ignacio Manuel Rafael Jesús "
    "María Lucía Inês Conceição Sofía Raúl João Gonçalo Beatriz Mercedes Dolores",
    "pl": "Łukasz Michał Paweł Józef Stanisław Krzysztof Małgorzata Agnieszka Zofia "
    "Katarzyna Grażyna Bożena Søren Åsa Jørgen Bjørn Håkon Sigrid Måns Ingrid",
}
FAMILY = {
    "de": "Müller Schmidt Schneider Fischer Weber Meyer Meier Wagner Becker Schulz "
    "Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann "
    "Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause Lehmann Köhler Herrmann "
    "König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn "
    "Schubert Vogel Friedrich Keller Günther Frank Berger Winkler Roth Beck Lorenz "
    "Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin Schumacher "
    "Krämer Vogt Stein Jäger Otto Sommer Groß Seidel Heinrich Brandt Haas Schreiber Graf",
    "en": "Smith Jones Williams Brown Taylor Davies Wilson Evans Thomas Johnson Roberts "
    "Walker Wright Robinson Thompson White Hughes Edwards Green Lewis Wood Harris Martin "
    "Jackson Clarke Clark Turner Hill Scott Cooper Morris Ward Moore King Watson Baker "
    "Harrison Morgan Patel Young Allen Mitchell Anderson Phillips Lee Bell Parker Davis "
    "Bennett Miller Cook Shaw Cox Richards Carter Collins Bailey Richardson Murphy",
    "fr": "Martin Bernard Dubois Durand Moreau Lefèvre Léger Mercier Garnier Chevalier "
    "Gérard Béranger Rousseau Fontaine Bélanger Gauthier Perrin Rivière Hébert",
    "es": "García Fernández González Rodríguez López Martínez Sánchez Pérez Gómez Núñez "
    "Muñoz Álvarez Jiménez Silva Santos Ferreira Conceição Araújo Magalhães",
    "pl": "Kowalski Wiśniewski Wójcik Kamiński Lewandowski Zieliński Szymański Woźniak "
    "Dąbrowski Sørensen Jørgensen Håkansson Åkerström Björklund Østergaard Nielsen",
}
NICKNAMES = (
    ("William", "Bill"), ("William", "Will"), ("Robert", "Bob"), ("Robert", "Rob"),
    ("Richard", "Dick"), ("Richard", "Rick"), ("James", "Jim"), ("John", "Jack"),
    ("Michael", "Mike"), ("Thomas", "Tom"), ("Edward", "Ted"), ("Edward", "Ed"),
    ("Charles", "Charlie"), ("Charles", "Chuck"), ("Christopher", "Chris"),
    ("Anthony", "Tony"), ("Andrew", "Andy"), ("Daniel", "Dan"), ("Matthew", "Matt"),
    ("Joseph", "Joe"), ("Benjamin", "Ben"), ("Samuel", "Sam"), ("Gregory", "Greg"),
    ("Kenneth", "Ken"), ("Lawrence", "Larry"), ("Elizabeth", "Liz"),
    ("Elizabeth", "Betty"), ("Margaret", "Peggy"), ("Margaret", "Maggie"),
    ("Katherine", "Kate"), ("Jennifer", "Jenny"), ("Patricia", "Pat"),
    ("Deborah", "Debbie"), ("Rebecca", "Becky"), ("Victoria", "Vicky"),
    ("Susan", "Sue"), ("Barbara", "Barb"), ("Pamela", "Pam"), ("Abigail", "Abby"),
    ("Josephine", "Josie"), ("Eleanor", "Nell"), ("Dorothy", "Dot"),
    ("Judith", "Judy"), ("Hans", "Hansi"), ("Johannes", "Hannes"),
    ("Friedrich", "Fritz"), ("Heinrich", "Heinz"), ("Maximilian", "Max"),
    ("Alexander", "Alex"), ("Sebastian", "Basti"), ("Matthias", "Matze"),
    ("Katharina", "Kathi"), ("Elisabeth", "Lisa"), ("Margarete", "Grete"),
    ("Franziska", "Franzi"), ("Gabriele", "Gabi"), ("Ursula", "Uschi"),
    ("Wolfgang", "Wolfi"), ("Theresa", "Resi"), ("Francisco", "Paco"),
    ("José", "Pepe"), ("Ignacio", "Nacho"), ("Dolores", "Lola"),
    ("Małgorzata", "Gosia"), ("Katarzyna", "Kasia"), ("Agnieszka", "Aga"),
)  # fmt: skip
PLACES = (
    ("DE", "10115", "Berlin", "30"), ("DE", "20095", "Hamburg", "40"),
    ("DE", "80331", "München", "89"), ("DE", "50667", "Köln", "221"),
    ("DE", "90402", "Nürnberg", "911"), ("DE", "24103", "Kiel", "431"),
    ("DE", "04109", "Leipzig", "341"), ("AT", "1010", "Wien", "1"),
    ("AT", "8010", "Graz", "316"), ("GB", "LS1 4AP", "Leeds", "113"),
    ("GB", "M1 1AE", "Manchester", "161"), ("GB", "BS1 4DJ", "Bristol", "117"),
    ("FR", "69001", "Lyon", "4"), ("FR", "44000", "Nantes", "2"),
    ("ES", "28001", "Madrid", "91"), ("PL", "00-001", "Warszawa", "22"),
)  # fmt: skip
"""Country, first postal code of the town, town, area code."""

CODES = {"DE": "49", "AT": "43", "GB": "44", "FR": "33", "ES": "34", "PL": "48"}
STREETS = {
    "DE": "Hauptstraße Bahnhofstraße Gartenweg Lindenallee Schillerstraße Goethestraße "
    "Bergstraße Kirchgasse Mühlenweg Rosenstraße Marktplatz Königstraße Waldstraße",
    "GB": "High_Street Station_Road Church_Lane Park_Avenue Victoria_Road Mill_Lane "
    "Kings_Road Queen_Street Green_Lane New_Street Grange_Road",
    "FR": "Rue_de_la_Paix Avenue_Victor_Hugo Rue_Pasteur Boulevard_Gambetta Rue_du_Moulin",
    "ES": "Calle_Mayor Calle_Real Avenida_de_la_Constitución Plaza_Nueva Calle_del_Sol",
    "PL": "Polna Leśna Słoneczna Krótka Szkolna Ogrodowa",
}
TRADES = (
    "Bau Technik Logistik Software Elektro Maschinenbau Druck Immobilien Medien Consulting "
    "Engineering Services Solutions Trading Foods Textiles Energy Systems Partners Design "
    "Metall Transport Optik Pharma Robotics Analytics Gardens Marine Timber Packaging"
).split()
FANCY = (
    "Nordwind Silberfuchs Bluestone Redwood Altamar Vertex Quantum Lumen Kestrel Solano "
    "Ostwerk Rheintal Alpina Hansea Brightfield Ironbridge Meridian Polaris Cobalt Aurora "
    "Terranova Fjordline Granit Falken Seestern Larkspur Cedarwood Bellevue Monterra Zenit"
).split()
LEGAL = {
    "DE": ("GmbH", "AG", "GmbH & Co. KG", "UG", "KG", "e.K."),
    "AT": ("GmbH", "AG", "OG"),
    "GB": ("Ltd", "Limited", "PLC", "LLP"),
    "FR": ("SARL", "SAS", "S.A."),
    "ES": ("S.L.", "S.A."),
    "PL": ("Sp. z o.o.", "S.A."),
}
LEGAL_SPELLINGS = {
    "GmbH": ("G.m.b.H.", "Gesellschaft mbH", "GMBH"),
    "AG": ("A.G.", "Aktiengesellschaft"),
    "GmbH & Co. KG": ("GmbH & Co KG", "GmbH und Co. KG", "GmbH&Co.KG"),
    "Ltd": ("Ltd.", "Limited", "LTD"),
    "Limited": ("Ltd", "Ltd."),
    "PLC": ("plc", "P.L.C."),
    "SARL": ("S.A.R.L.", "sarl"),
    "SAS": ("S.A.S.",),
    "S.A.": ("SA",),
    "S.L.": ("SL", "S.L"),
    "Sp. z o.o.": ("sp. z o. o.", "SP. Z O.O."),
}
FREE_MAIL = "gmail.com gmx.de web.de yahoo.com outlook.com hotmail.com t-online.de icloud.com".split()
MAILBOXES = "info office kontakt sales mail hello post contact".split()
