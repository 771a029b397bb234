"""Names, places and texts of the invented company; phone numbers come from ranges that
telecommunication authorities keep for fiction, addresses from reserved domains."""

FIRST_NAMES = (
    "Marta", "José", "Zoë", "Björn", "Anne-Marie", "Siobhán", "Łukasz", "Dvořák",
    "Nguyễn Thị", "Øyvind", "İpek", "Ștefan", "Ольга", "Ελένη", "美玲", "さくら",
    "지훈", "محمد", "שירה", "Priya", "Chloé", "D'Angelo", "Jean-François", "Ana Lúcia",
    "Tom", "Emma", "Kwame", "Aroha", "Ignacio", "Yusuf",
)  # fmt: skip

LAST_NAMES = (
    "Oliveira", "O'Brien", "Müller-Lüdenscheidt", "García Márquez", "van der Berg",
    "Łęcki", "Sørensen", "Åström", "D’Amico", "Šimůnek", "Ó Séaghdha", "Иванова",
    "Παπαδόπουλος", "王", "鈴木", "김", "الأحمد", "כהן", "Nair", "Lefèvre", "Smith",
    "Jones", "Okafor", "Te Whatu", "Peña", "Yılmaz", "McDonald", "de la Cruz", "Null",
    "Test",
)  # fmt: skip

COMPANY_NAMES = (
    "Azulejos Norte", "Norte Holding", "Müller & Söhne", "L'Épicerie du Coin",
    "北京示例科技", "株式会社サンプル", "شركة المثال", "דוגמה בע״מ", "O'Neill Brothers",
    "Ångström Labs", "ООО Пример", "Smith, Jones & Partners", "Café Čedok", "Blue Fjord",
    "Example Foods", "Kwik-E Parts", "Zażółć Gęślą", "Tres Hermanos", "Delta 4",
    "Nordlicht Energie",
)  # fmt: skip

LEGAL_FORMS = ("", " GmbH", " Ltd.", " S.A.", " Lda.", " Inc", " AB", " Kft.", " B.V.")

JOB_TITLES = (
    None, "", "CEO", "Head of Purchasing", "Leiter Einkauf", "Directrice générale",
    "采购经理", "Founder & CTO", "VP, Sales (EMEA)", "n/a",
)  # fmt: skip

CITIES = (
    # country id, states as people typed them, city, postal code, street
    (840, ("NY", "New York", "new york ", "N.Y."), "New York", "10001", "5 Sample Ave"),
    (840, ("CA", "Calif.", "California"), "San José", "95112-0001", "1 Demo Blvd #4"),
    (620, (None, "Porto", "PT-13"), "Porto", "4000-001", "Rua do Exemplo 12"),
    (276, ("Bayern", "Bavaria", "BY", None), "München", "80331", "Musterstraße 7"),
    (250, ("Île-de-France", "IDF", None), "Paris", "75001", "3 bis, rue de l'Exemple"),
    (76, ("SP", "São Paulo", "Sao Paulo"), "São Paulo", "01000-000", "Av. Modelo, 4"),
    (392, ("東京都", "Tokyo", None), "千代田区", "100-0001", "見本町1-2-3"),
    (826, ("", "Greater London", "London"), "London", "SW1A 0ZZ", "Flat 2/1, 9 Mock Ln"),
    (376, (None, "מרכז"), "תל אביב", "6100000", "רחוב הדוגמה 5"),
    (784, ("Dubai", "دبي"), "دبي", None, "شارع المثال ١٢"),
    (36, ("NSW", "New South Wales"), "Sydney", "2000", "Lvl 3, 1 Placebo St"),
    (124, ("QC", "Québec", "Quebec"), "Montréal", "H0H 0H0", "12 rue Fictive"),
)  # fmt: skip

COUNTRIES = {
    32: "Argentina", 36: "Australia", 40: "Austria", 56: "Belgium", 68: "Bolivia",
    76: "Brazil", 100: "Bulgaria", 124: "Canada", 152: "Chile", 156: "China",
    158: "Taiwan, Province of China", 191: "Croatia", 203: "Czech Republic",
    208: "Denmark", 246: "Finland", 250: "France", 276: "Germany", 300: "Greece",
    344: "Hong Kong", 348: "Hungary", 356: "India", 364: "Iran, Islamic Republic of",
    372: "Ireland", 376: "Israel", 380: "Italy", 384: "Côte d'Ivoire", 392: "Japan",
    410: "Korea, Republic of", 498: "Moldova, Republic of", 528: "Netherlands",
    554: "New Zealand", 578: "Norway", 616: "Poland", 620: "Portugal", 642: "Romania",
    643: "Russian Federation", 682: "Saudi Arabia", 704: "Viet Nam",
    710: "South Africa", 724: "Spain", 748: "Swaziland", 752: "Sweden",
    756: "Switzerland", 784: "United Arab Emirates", 792: "Turkey",
    807: "Macedonia, the former Yugoslav Republic of", 826: "United Kingdom",
    840: "United States",
}  # fmt: skip

PHONE_PATTERNS = (
    "+1 202-555-01{:02d}", "(202) 555-01{:02d}", "+44 7700 9000{:02d}",
    "020 7946 00{:02d}", "+49 (0)30 23125-0{:02d}", "0171 39200{:02d}",
    "+33 6 39 98 00 {:02d}", "+33.1.99.00.00.{:02d}", "+61 491 570 156",
    "0046846500 4{:02d}", "+120255501{:02d}",
)  # fmt: skip

GARBAGE_PHONES = ("n/a", "call me", "+", "ext. 12", "same as above", "٠٢٠٢٥٥٥٠١", "0")

DEAL_NAMES = (
    "Facade renewal", "Rahmenvertrag", "Renouvellement d'été", "见本订单", "תיק לקוח",
    "Website <b>relaunch</b>", "Pilot 🚀", "Q3 / Q4 upsell", "Service & maintenance",
    "100% discount?",
)  # fmt: skip

PRODUCT_NAMES = (
    "Tile 20x20", "Dachziegel", "Consulting (hour)", "Carrelage émaillé", "瓷砖",
    "Pallet", "Installation", 'Pipe 3/4"', "Grout 5 kg", "Subscription",
)  # fmt: skip

ACTIVITY_TITLES = (
    "Call back", "Site visit", "Angebot nachfassen", "Déjeuner d'affaires", "会议",
    "Send samples", "Renewal ⏰", "Check <credit> limit", "פגישה", "Prepare contract",
)  # fmt: skip

SENTENCES = (
    "Prefers mail over phone.",
    "Wants a quote for 500 m² &amp; delivery.",
    "Rappeler après l'été, c'est urgent.",
    "客户要求折扣。",
    "العميل مهتم جدا.",
    "Left a message with the front desk 📞.",
    "Budget is “tight”; decision by the board.",
    "Fährt zur Messe, danach Termin.",
)
