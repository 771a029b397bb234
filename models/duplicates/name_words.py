"""Words of names that say little about who it is, and short forms of first names."""

NICKNAMES = {
    short: name
    for name, shorts in {
        "abigail": "abby abbie gail",
        "albert": "al bert bertie",
        "alexander": "alex sasha sandro alec",
        "alfred": "alf fred freddy",
        "andreas": "andi",
        "andrew": "andy drew",
        "anthony": "tony",
        "antonio": "toni tonio",
        "arthur": "art",
        "barbara": "barb barbie babs",
        "benjamin": "ben benny benji",
        "catherine": "cathy",
        "charles": "charlie chuck chas",
        "christopher": "chris kit",
        "daniel": "dan danny",
        "david": "dave davy",
        "deborah": "debbie deb debby",
        "donald": "don donny",
        "dorothy": "dot dottie",
        "edward": "ed eddie ted teddy ned",
        "elisabeth": "elisa lisa lisbeth elsa else",
        "elizabeth": "liz lizzie beth betty betsy eliza",
        "eleanor": "ellie nell nellie",
        "eugene": "gene",
        "ferdinand": "ferdi",
        "frances": "fran",
        "francis": "frank",
        "francisco": "paco pancho curro",
        "franziska": "franzi",
        "frederick": "fred freddie",
        "friedrich": "fritz friedl",
        "gabriele": "gabi gaby",
        "george": "georgie",
        "gerald": "gerry jerry",
        "gregory": "greg",
        "guadalupe": "lupe",
        "heinrich": "heinz heiner hein",
        "henry": "harry hank",
        "ignacio": "nacho",
        "jacob": "jake",
        "james": "jim jimmy jamie",
        "jennifer": "jen jenny",
        "johannes": "hannes",
        "john": "jack johnny jon",
        "jonathan": "jonny nathan",
        "jose": "pepe",
        "joseph": "joe joey",
        "josef": "sepp jupp",
        "joshua": "josh",
        "judith": "judy",
        "katarzyna": "kasia",
        "katharina": "kathi katja kati",
        "katherine": "kate kathy katie kat kathryn",
        "kenneth": "ken kenny",
        "lawrence": "larry",
        "leonard": "leo len lenny",
        "louis": "lou",
        "malgorzata": "gosia",
        "manuel": "manolo",
        "margaret": "maggie meg peggy peg margie marge",
        "margarete": "grete gretel",
        "matthew": "matt",
        "matthias": "matze",
        "maximilian": "max maxi",
        "michael": "mike mick micky michi",
        "nicholas": "nick nicky",
        "nikolaus": "klaus niko nico",
        "pamela": "pam",
        "patricia": "pat patty trish",
        "peter": "pete",
        "philip": "phil",
        "philipp": "phil",
        "raymond": "ray",
        "rebecca": "becky becca",
        "richard": "dick rick ricky rich",
        "robert": "bob bobby rob robby bert",
        "ronald": "ron ronny",
        "rudolf": "rudi",
        "samuel": "sam sammy",
        "sebastian": "basti seb",
        "stephen": "steve",
        "steven": "steve",
        "susan": "sue susie suzy",
        "susanne": "susi sanne",
        "theodore": "theo",
        "theresa": "resi terry tess",
        "thomas": "tom tommy",
        "timothy": "tim",
        "ursula": "uschi ulla",
        "victoria": "vicky vicki tori",
        "vincent": "vince vinny",
        "virginia": "ginny",
        "walter": "walt",
        "wilhelm": "willi willy",
        "william": "bill billy will willie liam",
        "wolfgang": "wolfi wolf",
    }.items()
    for short in shorts.split()
}
"""Short form → first name. A short form of two names stands for the last one."""

TITLES = (
    "dr drs prof professor dipl ing dipling mag mr mrs ms miss sir herr frau hr fr mme "
    "mlle monsieur madame sr sra srta senor senora dott dottssa mba phd msc bsc esq"
).split()
"""Titles, once dots and accents are off. Of words that are names of people as well, none:
Wei Ma and Wei Ba are two."""

TITLES_BEHIND = [*TITLES, *"ba ma md don dona ir".split()]
"""What is a title where it stands behind a comma."""

LEGAL_FORMS = {
    form: form
    for form in (
        "gmbh ag kg ohg ug ek eg ev kgaa se og gesmbh inc ltd llc llp lp plc corp sarl sas "
        "sasu sa eurl sci snc srl spa sl slu slp lda ltda bv nv cv vof oy oyj ab as asa aps "
        "hf ks is doo dd kft zrt nyrt sro spzoo cokg pty pte pvt bhd kk gk co".split()
    )
} | {
    "limited": "ltd",
    "incorporated": "inc",
    "corporation": "corp",
    "company": "co",
    "aktiengesellschaft": "ag",
    "gesellschaft": "g",
    "kommanditgesellschaft": "kg",
    "unternehmergesellschaft": "ug",
    "haftungsbeschrankt": "",
    "mbh": "mbh",
    "private": "pvt",
    "sp": "sp",
    "z": "z",
    "oo": "oo",
}
"""Word of a legal form → how it is written where forms are compared."""

EMPTY_WORDS = "the und and et y e i fa firma messrs".split()
"""Words of companies' names that come and go."""

MAILBOXES = frozenset(
    "info office mail email kontakt contact contacto contato sales vertrieb verkauf "
    "support service admin administration hello hallo post team reception rezeption "
    "empfang zentrale buero buchhaltung accounting accounts billing rechnung invoice "
    "finance marketing hr jobs personal einkauf purchasing orders order bestellung shop "
    "help hilfe enquiries enquiry inquiries anfrage geral comercial ventas "
    "administracion accueil commercial compta direction secretariat sekretariat "
    "webmaster postmaster noreply no newsletter presse press familie family famille "
    "familia fam".split()
)
"""Mailboxes that several read: who writes from there is not who the address is."""
