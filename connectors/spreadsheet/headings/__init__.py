"""What columns and files are called in other languages, by the English name that templates know.

Data only, a file per language: English name → its words, divided by ``;``, compared without case,
accents, blanks and punctuation. One word may stand at several names: the columns beside
it decide. Many are the words of Odoo 19.0's own translations, of HubSpot, Pipedrive,
Dynamics, Bitrix24 and Outlook in that language. The languages of Odoo that have no file here
are in ``odoo.csv``, which ``dev/headings.py`` writes.
"""

import csv
from pathlib import Path

from . import en, de, fr, es, pt, it, nl, pl, sv, da, cs, hu, fi, ro, tr, ru, ja, zh

HEADERS = {
    "en": en.WORDS,
    "de": de.WORDS,
    "fr": fr.WORDS,
    "es": es.WORDS,
    "pt": pt.WORDS,
    "it": it.WORDS,
    "nl": nl.WORDS,
    "pl": pl.WORDS,
    "sv": sv.WORDS,
    "da": da.WORDS,
    "cs": cs.WORDS,
    "hu": hu.WORDS,
    "fi": fi.WORDS,
    "ro": ro.WORDS,
    "tr": tr.WORDS,
    "ru": ru.WORDS,
    "ja": ja.WORDS,
    "zh": zh.WORDS,
}
"""Language → English name → its words."""

with Path(__file__).with_name("odoo.csv").open(encoding="utf-8", newline="") as file:
    for _language, _name, _words in csv.reader(file):
        HEADERS.setdefault(_language, {}).setdefault(_name, _words)

OBJECTS = {
    "users": "benutzer; utilisateurs; usuarios; utilizadores; usuários; utenti; gebruikers; użytkownicy; användare; brugere; brukere; uživatelé; felhasználók; käyttäjät; mitarbeiter; employés; пользователи",
    "companies": "kunde firma; konto; konten; unternehmen; organisation; entreprise; compte; empresa; cuenta; conta; organización; organização; organizzazione; azienda; bedrijf; företag; virksomhed; společnost; компания; 公司; firmen; firma; unternehmen; organisationen; entreprises; sociétés; société; entreprise; organisations; comptes; empresas; empresa; compañías; organizaciones; cuentas; contas; organizações; aziende; azienda; società; organizzazioni; ditte; bedrijven; organisaties; firmy; organizacje; företag; organisationer; virksomheder; bedrifter; selskaper; společnosti; cégek; yritykset; companii; şirketler; firmalar; компании; организации; компанії; 会社; 取引先; 公司; customers company; lieferanten; suppliers; vendors; fournisseurs; proveedores",
    "contacts": "person; persona; pessoa; personne; contacto; contato; contatto; cliente; client; klant; kund; контакт; 联系人; kontakte; kontakt; personen; ansprechpartner; kunden; kunde; kundenliste; adressen; adressliste; contacts; personnes; clients; carnet d adresses; contactos; personas; clientes; contatos; pessoas; contatti; persone; clienti; contacten; contactpersonen; klanten; personen; relaties; kontakty; osoby; klienci; kontakter; kunder; personer; kontaktpersoner; zákazníci; kontaktní osoby; kapcsolatok; ügyfelek; yhteyshenkilöt; asiakkaat; contacte; clienți; kişiler; müşteriler; контакты; клиенты; контакти; 連絡先; 顧客; 联系人; 客户; customers; clients; customer list; address list; addresses; address book; people",
    "leads": "interessenten; prospects; prospectos; leads; potenziali; prospecten; lead kontakte; лиды; 潜在客户; 見込客; 线索; anfragen",
    "deals": "oportunidad; oportunidade; negocio; negócio; opportunité; affaire; opportunità; verkaufschance; chance; auftrag; angebot; trato; trattativa; kans; affär; сделка; deal offerte; salgsmulighed; szansa sprzedaży; szansa; szanse; szanse sprzedaży; verkaufschancen; verkaufschance; chancen; angebote; auftraege; aufträge; geschäfte; abschlüsse; opportunités; affaires; transactions; devis; oportunidades; negocios; ofertas; tratos; negócios; propostas; opportunità; trattative; affari; offerte; kansen; verkoopkansen; offertes; szanse sprzedaży; oferty; transakcje; affärer; offerter; affärsmöjligheter; salgsmuligheder; tilbud; handler; salgsmuligheter; avtaler; obchody; příležitosti; nabídky; lehetőségek; üzletek; kaupat; tarjoukset; oportunități; oferte; fırsatlar; teklifler; anlaşmalar; сделки; угоди; предложения; 商談; 案件; 商机; offers; quotes; proposals; sales opportunities; opportunities; deal list",
    "products": "produkt; produit; producto; produto; prodotto; artikel; article; produkte; artikel; produits; articles; productos; artículos; produtos; prodotti; articoli; producten; artikelen; produkty; produkter; termékek; tuotteet; produse; ürünler; товары; 商品; 产品",
    "campaigns": "kampagnen; campagnes; campañas; campanhas; campagne; kampanie; kampanjer",
    "activities": "aktivität; aufgabe; activité; tâche; actividad; tarea; atividade; tarefa; attività; activiteit; taak; aktywność; zadanie; aktivitet; uppgift; opgave; aktivitäten; aufgaben; wiedervorlagen; activités; tâches; actividades; tareas; atividades; tarefas; attività; activiteiten; taken; aktywności; zadania; aktiviteter; uppgifter; opgaver; oppgaver; aktivity; úkoly; tevékenységek; feladatok; tehtävät; activități; görevler; задачи; дела; завдання; 活動; タスク; 任务",
    "projects": "projekt; projekte; projet; projets; proyecto; proyectos; projeto; projetos; progetto; progetti; projecten; projekty; projekter; prosjekt; prosjekter; projektek; projektit; proiecte; projeler; проекты; проекти; プロジェクト; 项目",
    "milestones": "meilenstein; meilensteine; jalon; jalons; hito; hitos; marco; marcos; pietra miliare; pietre miliari; mijlpaal; mijlpalen; kamień milowy; kamienie milowe; milstolpe; milstolpar; milepæl; milepæle; milníky; вехи; マイルストーン; 里程碑",
    "project_tasks": "projektaufgabe; projektaufgaben; teilaufgaben; tâches de projet; sous tâches; tareas de proyecto; subtareas; tarefas de projeto; subtarefas; attività di progetto; projecttaken; subtaken; zadania projektu; projektuppgifter; projektopgaver; prosjektoppgaver; задачи проекта; подзадачи",
    "meetings": "termin; besprechung; réunion; rendez vous; reunión; cita; reunião; riunione; appuntamento; afspraak; spotkanie; möte; møde; termine; besprechungen; kalender; kalendereinträge; réunions; rendez vous; événements; calendrier; reuniones; citas; eventos; calendario; reuniões; riunioni; appuntamenti; eventi; afspraken; vergaderingen; agenda; spotkania; kalendarz; möten; kalender; møder; møter; schůzky; találkozók; tapaamiset; întâlniri; toplantılar; встречи; зустрічі; 会議; 会议; calendar; appointments; calendar events; schedule",
    "calls": "anrufe; telefonate; appels; llamadas; chamadas; ligações; chiamate; telefonate; gesprekken; telefoongesprekken; rozmowy; samtal; opkald; samtaler; hovory; hívások; puhelut; apeluri; aramalar; звонки; дзвінки; 通話; 电话记录",
    "emails": "e mails; mails; courriels; correos; e mails envoyés; sähköpostit; письма; メール; 邮件",
    "notes": "notiz; nota; notitie; notatka; anteckning; note; заметка; notizen; bemerkungen; notas; anotações; notities; notatki; anteckningar; noter; notater; poznámky; jegyzetek; muistiinpanot; notițe; notlar; заметки; примечания; нотатки; メモ; 备注; comments; kommentare; commentaires",
    "attachments": "anhang; anhänge; anlage; anlagen; pièce jointe; pièces jointes; adjunto; adjuntos; anexo; anexos; allegato; allegati; bijlage; bijlagen; załącznik; załączniki; bilaga; bilagor; вложения; 添付ファイル; 附件",
    "invoices": "rechnungen; factures; facturas; faturas; fatture; facturen; faktury; fakturor; fakturaer; számlák; laskut; facturi; faturalar; счета; 請求書; 发票",
}
"""Object → what files and sheets of it are called elsewhere."""

UNTOUCHABLE = "do not modify; nicht ändern; nicht bearbeiten; ne pas modifier; no modificar; não modificar; non modificare; niet wijzigen; nie modyfikuj; ändra inte; må ikke ændres; ikke endre; neměnit; ne módosítsa"
"""What Dynamics writes before its own three columns: the id, a checksum, a change date."""
