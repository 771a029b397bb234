"""One invented set in the words, dates and numbers of three kinds of exports."""

ENGLISH = {
    "companies.csv": (
        "Record ID,Company name,Company owner,Create Date,Phone Number,City,"
        "Country/Region,Industry,Website URL,Number of Employees\n"
        "1,Acme Ltd,Ana Reis,2024-03-14 10:05,+44 20 7946 0001,Leeds,United Kingdom,"
        "Bakery,https://acme.example,12\n"
        "2,Beta Ltd,Ben Fox,2024-04-02 09:00,+44 20 7946 0002,York,United Kingdom,"
        "Logistics,https://beta.example,140\n"
    ),
    "contacts.csv": (
        "Record ID,Full Name,Email,Job Title,Associated Company,Contact owner,"
        "Create Date,Tags,Date of Birth\n"
        "7,Vera Example,vera@acme.example,Buyer,Acme Ltd,Ana Reis,2024-03-15 11:00,"
        "VIP;Fair,1980-05-17\n"
        "8,Max Sample,max@beta.example,Seller,Beta Ltd,Ben Fox,2024-03-16 12:00,"
        "Fair,1975-11-30\n"
    ),
    "deals.csv": (
        "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Deal owner,"
        "Associated Company,Create Date,Deal probability,Priority,Last Modified Date,"
        "Closed Lost Reason,Closed at,Created by,Zone fee\n"
        "11,Saddles,Proposal,Sales,1234.50,2024-12-31,Ana Reis,Acme Ltd,"
        "2024-03-20 08:00,0.4,High,2024-04-20 08:00,,2024-06-01 10:00,Ana Reis,12.25\n"
        "12,Reins,Closed Won,Sales,99.00,2025-01-15,Ben Fox,Beta Ltd,"
        "2024-03-21 08:00,1,Low,2024-05-20 08:00,Price,2024-06-13 10:00,Ben Fox,7.50\n"
    ),
    "notes.csv": (
        "Note ID,Note body,Activity date,Associated Company,Created by,Subject\n"
        "N1,Called about saddles,2024-03-22 10:00,Acme Ltd,Ana Reis,Call\n"
        "N2,Wants a visit,2024-03-13 10:00,Beta Ltd,Ben Fox,Visit\n"
    ),
    "tasks.csv": (
        "Task ID,Task Title,Due Date,Task Status,Assigned to,Associated Company,Notes\n"
        "T1,Send offer,2024-05-14,Completed,Ana Reis,Acme Ltd,By mail\n"
        "T2,Call back,2024-06-02,Not started,Ben Fox,Beta Ltd,By phone\n"
    ),
}

GERMAN = {
    "firmen.csv": (
        "Kundennummer;Firma;Betreuer;Angelegt am;Telefon;Ort;PLZ;Land;Branche;Webseite\n"
        "1;Acme GmbH;Ana Reis;14.03.2024;+49 351 000001;Dresden;01069;Deutschland;"
        "Bäckerei;https://acme.example\n"
        "2;Beta AG;Ben Fuchs;02.04.2024;+49 351 000002;Leipzig;04109;Deutschland;"
        "Spedition;https://beta.example\n"
    ),
    "ansprechpartner.csv": (
        "ID;Anrede;Vorname;Nachname;E-Mail;Firma;Position;Angelegt am;Geburtstag\n"
        "7;Frau;Vera;Beispiel;vera@acme.example;Acme GmbH;Einkauf;15.03.2024;17.05.1980\n"
        "8;Herr;Max;Muster;max@beta.example;Beta AG;Vertrieb;16.03.2024;30.11.1975\n"
    ),
    "verkaufschancen.csv": (
        "Nr.;Titel;Phase;Betrag;Abschlussdatum;Zuständig;Firma;Angelegt am;"
        "Wahrscheinlichkeit;Geändert am;Verlustgrund;Status;Provision;Erstellt von\n"
        "11;Sättel;Angebot;1.234,50;31.12.2024;Ana Reis;Acme GmbH;20.03.2024;40;"
        "20.04.2024;;Offen;12,25;Ana Reis\n"
        "12;Zügel;Abschluss;99,00;15.01.2025;Ben Fuchs;Beta AG;21.03.2024;100;"
        "20.05.2024;Preis;Gewonnen;7,50;Ben Fuchs\n"
    ),
    "notizen.csv": (
        "Notiz-ID;Notiz;Datum;Firma;Erstellt von;Betreff\n"
        "N1;Wegen Sätteln angerufen;22.03.2024 10:00;Acme GmbH;Ana Reis;Anruf\n"
        "N2;Wünscht Besuch;13.03.2024 10:00;Beta AG;Ben Fuchs;Besuch\n"
    ),
}

AMERICAN = {
    "Account.csv": (
        "Id,Name,OwnerId,CreatedDate,Phone,BillingCity,BillingCountry,Industry,Website\n"
        "001A00000000001AAA,Acme Inc,005A00000000001AAA,03/14/2024,(555) 010-0001,"
        "Austin,USA,Bakery,https://acme.example\n"
        "001A00000000002AAA,Beta Inc,005A00000000002AAA,04/22/2024,(555) 010-0002,"
        "Dallas,USA,Logistics,https://beta.example\n"
    ),
    "Contact.csv": (
        "Id,FirstName,LastName,Email,AccountId,Title,CreatedDate,Birthdate\n"
        "003A00000000001AAA,Vera,Example,vera@acme.example,001A00000000001AAA,Buyer,"
        "03/15/2024,05/17/1980\n"
        "003A00000000002AAA,Max,Sample,max@beta.example,001A00000000002AAA,Seller,"
        "03/16/2024,11/30/1975\n"
    ),
    "Opportunity.csv": (
        "Id,Name,StageName,Amount,CloseDate,OwnerId,AccountId,CreatedDate,IsWon,"
        "IsClosed,Probability,LastModifiedDate,Lost Reason,Commission\n"
        "006A00000000001AAA,Saddles,Proposal,1234.50,12/31/2024,005A00000000001AAA,"
        "001A00000000001AAA,03/20/2024,false,false,40,04/20/2024,,12.25\n"
        "006A00000000002AAA,Reins,Closed Won,99.00,01/15/2025,005A00000000002AAA,"
        "001A00000000002AAA,03/21/2024,true,true,100,05/20/2024,Price,7.50\n"
    ),
    "Event.csv": (
        "Id,Subject,StartDateTime,EndDateTime,Location,WhatId,OwnerId,Description\n"
        "00UA00000000001AAA,Visit,03/22/2024 10:00,03/22/2024 11:00,Austin,"
        "006A00000000001AAA,005A00000000001AAA,Bring samples\n"
        "00UA00000000002AAA,Fair,03/13/2024 10:00,03/13/2024 12:30,Dallas,"
        "006A00000000002AAA,005A00000000002AAA,Stand 3\n"
    ),
}

DIALECTS = {"english": ENGLISH, "german": GERMAN, "american": AMERICAN}
