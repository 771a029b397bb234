"""What the words of a picklist mean, in the languages that Odoo speaks.

Data only, folded (``values.fold_words``) and divided by ``;``. The words are those that
Odoo 19.0 itself shows for these terms in the languages that it ships (``i18n`` of crm,
project, mail and calendar), and those that exports of other systems have.
``outcomes.py`` looks them up.
"""

OUTCOMES = {
    "won": """
        won; win; wins; closed won; closedwon; deal won; sold; success; successful; succeeded;
        converted; accepted; signed; ordered; purchased; 1 won; gewonnen; gewonnener;
        verkauft; beauftragt; auftrag; auftrag erteilt; auftrag erhalten; zugesagt;
        erfolgreich; erfolg; angenommen; gagne; gagnee; gagnes; remporte; vendu; signe;
        conclu; reussi; succes; acceptee; ganado; ganada; ganados; vendido; vendida;
        exito; aceptado; aceptada; ganho; ganha; fechado ganho; sucesso; vinto; vinta;
        acquisito; venduto; successo; gewonnen deal; verkocht; gegund; geaccepteerd;
        wygrana; wygrane; wygrany; wygrano; sprzedane; zamkniete wygrane; vunnen;
        vunnet; vundet; solgt; sald; vyhrano; vyhrana; vyhrany; ziskano; ziskane;
        vyhrane; megnyert; nyert; nyertes; sikeres; voitettu; voitto; castigat; castigata;
        castigate; kazanildi; kazanilan; satildi; выигран; выиграна; выиграно; успешно;
        успешно реализовано; сделка выиграна; продано; виграно; виграна; успішно; 成約;
        受注; 赢单; 成交; 已赢得; 수주; 성공; dobljeno; dobijeno; dobiveno; спечелена;
        спечелено; κερδισμενη; κερδηθηκε; تم الفوز بها; qazandin; спечелени; dobiveni;
        guanyat; voidetud; برد; זכה; dobiven; berhasil; unnid; laimeta; uzvarets; ялсан;
        အောင်မြင်; sukces; castigat a; dobitak; สําเร็จ; впіимано; g alaba qozonildi;
        dat; 赢得
    """,
    "lost": """
        lost; lose; closed lost; closedlost; closed lost to competition; deal lost; abandoned;
        abandon; disqualified; unqualified; rejected; refused; declined; dead; dead
        lead; failed; failure; unsuccessful; cancelled; canceled; no sale; not
        interested; out sold; junk; junk lead; lost lead; dropped; withdrawn; withdrew;
        no decision; no go; no bid; no budget; qualified out; not qualified; churned; churn;
        lost to competitor; lost to competition; bought elsewhere; duplicate; dublette; doublon;
        duplicado; duplicada; kein budget; an wettbewerb verloren; loss; verlust; perte; perdita; verloren; verlorener; abgelehnt; abgesagt; absage; nicht
        interessiert; kein interesse; storniert; abgebrochen; gescheitert; nicht
        zustande gekommen; perdu; perdue; perdus; refuse; refusee; abandonne;
        abandonnee; annule; annulee; echoue; sans suite; rejete; rejetee; perdido;
        perdida; perdidos; rechazado; rechazada; cancelado; cancelada; abandonado;
        abandonada; fallido; descartado; descartada; fechado perdido; recusado;
        recusada; rejeitado; rejeitada; desistiu; perso; persa; rifiutato; rifiutata;
        annullato; annullata; abbandonato; verlies; verloren deal; afgewezen;
        geannuleerd; vervallen; przegrana; przegrane; przegrany; przegrano; utracona;
        stracone; stracona; odrzucone; odrzucona; anulowane; anulowana; zamkniete
        przegrane; forlorad; forlorat; avbojd; avvisad; tapt; tabt; avslatt; afvist;
        mistet; prohrano; prohrana; ztraceno; ztracena; zamitnuto; stratene; stratena;
        prehrane; odmietnute; elveszett; elvesztett; elutasitott; sikertelen; havitty;
        menetetty; hylatty; pierdut; pierduta; respins; kaybedildi; kaybedilen; kayip;
        reddedildi; iptal edildi; проигран; проиграна; проиграно; потеряна; потеряно;
        отказ; закрыто и не реализовано; провал; отклонено; втрачено; втрачена;
        програно; відмова; 失注; 丢单; 输单; 已丢失; 실패; 실주; izgubljeno; izgubljen;
        загубена; загубено; изгубена; χαμενη; χαθηκε; ضائع; itirildi; изгубени; perdut;
        ztraceny; kaotatud; باخته; הפסד; लॉस्ट; gagal; tapad; prarasta; zaudets;
        амжилтгүи; ကျရှုံး; porazka; pierdut a; потерян; strateny; ไม่สําเร็จ; yo
        qotilgan; mat; 已損失
    """,
    "open": """
        open; opened; new; active; in progress; pending; ongoing; working; working on
        it; on hold; negotiation; in negotiation; qualified; contacted; draft; current;
        live; not closed; reopened; offen; neu; aktiv; in bearbeitung; laufend; in
        verhandlung; wartend; pausiert; ouvert; ouverte; ouvertes; en cours; nouveau;
        nouvelle; actif; en attente; en negociation; abierto; abierta; abiertas; en
        curso; en proceso; nuevo; nueva; activo; activa; pendiente; en negociacion;
        aberto; aberta; em andamento; em aberto; em progresso; em curso; novo; nova;
        ativo; ativa; pendente; em negociacao; aperto; aperta; in corso; nuovo; nuova;
        attivo; attiva; in sospeso; lopend; nieuw; actief; in behandeling; in
        onderhandeling; otwarta; otwarte; otwarty; otwarto; w toku; w trakcie; nowa;
        nowy; nowe; aktywna; aktywny; oppen; oppna; pagaende; ny; apen; apent; aben;
        abent; igangvaerende; igangsat; otevreno; otevrena; otevreny; probiha; otvorene;
        nyitott; uj; folyamatban; avoin; uusi; kaynnissa; kesken; deschis; deschisa; in lucru;
        nou; noua; in curs; acik; yeni; devam ediyor; aktif; открыт; открыта; открыто; в
        работе; новыи; новая; новое; активная; активныи; відкрито; відкрита; новии;
        нова; в роботі; 進行中; 新規; 商談中; 进行中; 新建; 진행 중; 신규; otvoreno; otvoren;
        отворен; отворена; ανοιχτη; ανοικτη; νεα; فتح; acin; oberts; volny; ανοιχτο;
        abrir; ava; باز; פתח; ओपन; otvori; megnyitas; terbuka; apri; 未完了; 열기;
        کردنەوە; atidaryti; нээх; ဖွင့်; afisare; открыть; odprto; เปิด; ochiq; mo; 打开;
        開啟; avatud; ખોલો; opna; 開く; atvert s; openen; развернуть; ochish; in proses; قيد
        التنفيذ; həyata kecirilməkdə; в процес; u toku; en curs; i gang; σε εξελιξη; en
        progreso; toos; lanean; در جریان; પ્રગતિમાં છે; בתהליך; काम जारी है; u tijeku;
        dalam proses; i vinnslu; anazzal; vykdoma; tiek izpildits; во тек; явагдаж буи;
        ဆောင်ရွက်ဆဲ; pagar; in desfasurare; в процессе; spracovava sa; v teku; u radu;
        กําลังดําเนินการ; islemde; в процесі; bajarilmoqda; dang thuc hien; جديد; нов;
        novi; nove; uus; جدید; નવું; חדש; नया; baru; nytt; amaynut; ថ្មី; نوێ; naujas;
        jauns; шинэ; အသစ်; nou a; ใหม่; yangi; moi; 新潛在客戶; 新增; nuwe; berria; ახალი;
        ново; nya
    """,
}
OUTCOME_CORE = {
    "won": """
        won; closedwon; gewonnen; gewonnener; gagne; gagnee; ganado; ganada; ganho; ganha; vinto;
        vinta; wygrana; wygrane; wygrany; vunnen; vunnet; vundet; vyhrano; vyhrana;
        ziskano; megnyert; voitettu; castigat; castigata; kazanildi; выигран; выиграна;
        выиграно; виграно; виграна; 赢单; 受注; تم الفوز بها; qazandin; спечелени; dobiveni;
        guanyat; κερδισμενη; voidetud; dobiven; berhasil; unnid; laimeta; uzvarets;
        ялсан; အောင်မြင်; sukces; castigat a; ziskane; dobljeno; dobitak; สําเร็จ;
        впіимано; g alaba qozonildi
    """,
    "lost": """
        lost; closedlost; verloren; verlorener; perdu; perdue; perdido; perdida; perso; persa;
        przegrana; przegrane; przegrany; utracona; forlorad; forlorat; tapt; tabt;
        prohrano; ztraceno; stratene; elveszett; elvesztett; havitty; pierdut; pierduta;
        kaybedildi; проигран; проиграна; проиграно; потеряна; втрачено; програно; 丢单;
        失注; abandoned; disqualified; ضائع; itirildi; изгубени; izgubljeno; perdut;
        ztraceny; χαμενη; kaotatud; باخته; הפסד; लॉस्ट; izgubljen; gagal; tapad;
        prarasta; zaudets; амжилтгүи; ကျရှုံး; porazka; pierdut a; потерян; strateny;
        ไม่สําเร็จ; kayip; yo qotilgan
    """,
}
LEAD_STATES = {
    "open": """
        open; new; contacted; attempted; attempting; attempted to contact; not
        contacted; not attempted; connected; qualified; pre qualified; prequalified;
        working; working contacted; open not contacted; open deal; in progress;
        nurturing; nurture; warm; hot; cold; assigned; in process; recycled; interested;
        contact in future; meeting scheduled; bad timing; marketing qualified lead;
        sales qualified lead; mql; sql; neu; kontaktiert; qualifiziert; in bearbeitung;
        offen; interessiert; nouveau; contacte; qualifie; en cours; nuevo; contactado;
        calificado; cualificado; en proceso; novo; contatado; qualificado; nuovo;
        contattato; qualificato; nieuw; gecontacteerd; gekwalificeerd; nowy;
        skontaktowano; zakwalifikowany; ny; kontaktad; kvalificerad; kontaktet;
        kvalifisert; kvalificeret; новыи; в работе; квалифицирован
    """,
    "won": """
        converted; won; konvertiert; converti; convertido; convertito; geconverteerd;
        skonwertowany; konverterad; konverteret; конвертирован
    """,
    "lost": """
        dead; junk; junk lead; lost; lost lead; unqualified; disqualified; closed not
        converted; not interested; unreachable; spam; invalid; verloren; unqualifiziert;
        disqualifiziert; perdu; non qualifie; disqualifie; perdido; descartado; no
        calificado; no cualificado; desqualificado; perso; non qualificato; niet
        gekwalificeerd; stracony; forlorad; tabt; tapt; отказ; некачественныи лид
    """,
}
PROGRESS = {
    "done": """
        solved; problem solved; information provided; merged; gelost; resolu; resolue;
        resuelto; resuelta; resolvido; resolvida; risolto; risolta; opgelost;
        rozwiazane; rozwiazany; done; completed; complete; finished; closed; resolved; held; sent; received;
        made; executed; achieved; erledigt; abgeschlossen; fertig; beendet; geschlossen;
        durchgefuhrt; gesendet; termine; terminee; fait; faite; acheve; achevee; clos;
        close; realise; realisee; fini; finie; completado; completada; hecho; hecha;
        terminado; terminada; finalizado; finalizada; cerrado; cerrada; realizado;
        realizada; concluido; concluida; feito; feita; completo; completa; fechado;
        fechada; completato; completata; fatto; fatta; chiuso; chiusa; concluso;
        conclusa; svolto; voltooid; afgerond; gereed; klaar; gedaan; afgehandeld;
        zakonczone; zakonczona; zakonczony; wykonane; wykonana; wykonano; ukonczone;
        gotowe; zamkniete; klar; klart; slutford; avslutad; fardig; fullfort; ferdig;
        avsluttet; utfort; afsluttet; faerdig; udfort; fuldfort; hotovo; hotova;
        dokonceno; splneno; dokoncene; kesz; befejezett; elvegezve; befejezve;
        teljesitett; valmis; suoritettu; finalizat; finalizata; terminat; realizat;
        efectuat; tamamlandi; bitti; yapildi; выполнено; выполнена; завершено;
        завершена; завершен; готово; закрыта; закрыто; виконано; 完了; 完了済み; 已完成; 完成;
        완료; zavrseno; gotovo; извършен; завършена; ολοκληρωθηκε; ολοκληρωμενη; ተጠናቋል;
        lidugt; lokid; დასრულებულია; ຈົບເເລັວ; завршено; منتهي; hazirdir; fet; tehtud;
        انجام شده; בוצע; हो गया; rijeseno; selesai; immed; تەواو; atlikta; gatavs;
        дууссан; ပြီးဆုံးသည်; hotove; opravljeno; เสร็จสิ้น; bajarildi; hoan tat; listo;
        પુર્ણ થયુ
    """,
    "open": """
        open; planned; scheduled; not started; in progress; started; to do; todo; new;
        pending; pending input; waiting; waiting on someone else; deferred; overdue;
        active; assigned; not done; incomplete; upcoming; offen; geplant; nicht
        begonnen; in bearbeitung; begonnen; zuruckgestellt; verschoben; wartet auf
        jemand anderen; zu erledigen; uberfallig; nicht erledigt; a faire; planifie;
        planifiee; non commence; non commencee; non demarre; pas commence; en cours; en
        attente; differe; differee; reporte; reportee; prevu; prevue; no iniciada; no
        iniciado; sin comenzar; sin iniciar; en curso; en progreso; pendiente; aplazada;
        aplazado; planificada; planificado; por hacer; programada; programado; nao
        iniciado; nao iniciada; em andamento; em curso; pendente; adiado; adiada;
        planejado; planejada; planeado; a fazer; agendado; agendada; non iniziata; non
        iniziato; in corso; in attesa; rinviata; rinviato; pianificata; pianificato; da
        fare; niet gestart; niet begonnen; bezig; in uitvoering; uitgesteld; gepland; te
        doen; wachten op iemand anders; nie rozpoczeto; nierozpoczete; w toku;
        odroczone; oczekuje; planowane; zaplanowane; do zrobienia; ej paborjad; inte
        paborjad; pagar; pagaende; uppskjuten; planerad; att gora; ikke startet; ikke
        pabegynt; ikke begyndt; planlagt; utsatt; udsat; i gang; nezahajeno; nezahajena;
        probiha; odlozeno; planovano; nezacate; prebieha; nem kezdodott el; folyamatban;
        halasztva; tervezett; ei aloitettu; kaynnissa; lykatty; suunniteltu; neinceput;
        in curs; in asteptare; amanat; planificat; baslamadi; devam ediyor; ertelendi;
        planlandi; beklemede; не начата; не начато; не начат; в работе; выполняется;
        отложена; отложено; запланирована; запланировано; ожидание; не розпочато;
        виконується; відкладено; заплановано; 未着手; 未完了; 進行中; 延期; 未开始; 进行中; 已推迟; 시작
        안 함; 진행 중; u tijeku; planirano; فتح; acin; отворен; oberts; volny;
        aben; ανοιχτο; abierto; abrir; ava; باز; avoin; ouvert; פתח; ओपन; otvori;
        megnyitas; terbuka; apri; 열기; کردنەوە; atidaryti; нээх; ဖွင့်; apen; otwarta;
        aberto; afisare; открыть; odprto; oppna; เปิด; acik; відкрито; ochiq; mo; 打开;
        開啟; avatud; ખોલો; opna; aperto; 開く; atvert s; openen; развернуть; otvorene;
        ochish; in proses; قيد التنفيذ; həyata kecirilməkdə; в процес; u toku; en curs;
        σε εξελιξη; en proceso; toos; lanean; در جریان; પ્રગતિમાં છે; בתהליך; काम जारी
        है; dalam proses; i vinnslu; anazzal; vykdoma; tiek izpildits; во тек; явагдаж
        буи; ဆောင်ရွက်ဆဲ; in behandeling; em progresso; in desfasurare; в процессе;
        spracovava sa; v teku; u radu; กําลังดําเนินการ; islemde; в процесі;
        bajarilmoqda; dang thuc hien; جديد; yeni; нов; novi; nou; nove; ny; neu; νεα;
        nuevo; nueva; uus; جدید; uusi; nouveau; નવું; חדש; नया; uj; baru; nytt; nuova;
        新規; amaynut; ថ្មី; 신규; نوێ; naujas; jauns; шинэ; အသစ်; nieuw; nowe; novo; nou
        a; новыи; ใหม่; новии; yangi; moi; 新建; 新潛在客戶; nuovo; 新增; nuwe; berria; ახალი;
        ново; новое; nya; nowy; المهام المراد تنفيذها; gorulməli is; за извършване; za
        uraditi; per fer; k udelani; προσ υλοποιηση; para ejecutar; tegemiseks;
        egitekoa; جهت اقدام; tehtavat; facer; કરવાનું; לביצוע; टू डू; za napraviti;
        teendo; 未処理; გასაკეთებელია; ad imag; reikia atlikti; daramais; дасенаправи;
        товлогдсон; လုပ်ရန်; a gjore; tarefas a realizar; de facut; к выполнению; ulohy;
        opravek; ที่จะทํา; yapilacak; зробити; bajarish; viec can lam; 待办; 待辦事項; قائمة
        المهام; ukol; actividades pendientes; انجام دادن; tehtavalista; מטלה; 해야 할
        일; uzduociu sarasas; хиих зүил; lista de tarefas; задача; opravilo; vazifalar
    """,
    "cancelled": """
        cancelled; canceled; not held; no show; abandoned; deleted; void; aborted;
        storniert; abgebrochen; abgesagt; entfallen; nicht durchgefuhrt; annule;
        annulee; abandonne; abandonnee; cancelado; cancelada; anulado; anulada;
        annullato; annullata; geannuleerd; afgelast; anulowane; anulowana; odwolane;
        installt; avbruten; avlyst; aflyst; kansellert; zruseno; zrusene; lemondva;
        torolve; peruttu; anulat; anulata; iptal; iptal edildi; отменено; отменена;
        отменен; скасовано; キャンセル; 已取消; 취소됨; otkazano; gekanselleer; ተሰርዟል; تم
        الإلغاء; ləgv olundu; otkazan; cancel lat; annulleret; ακυρωθηκε; tuhistatud;
        ezeztatua; لغو شد; בוטל; रद्द किया गया; visszavont; dibatalkan; afpontud;
        キャンセル済; გაუქმებულია; ifsax; បានលុបចោល; هەڵوەشایەوە; ຍົກເລີກ; atsauktas; atcelts;
        откажано; цуцлагдсан; ဖကြျသိမျးခဲ့သညျ; anulowano; preklicano; annullerad;
        ยกเลิก; bekor qilindi; da huy; રદ
    """,
}
PRIORITIES = {
    "0": """
        low; lowest; very low; normal; none; no priority; standard; regular; cold;
        minor; niedrig; gering; keine; kalt; faible; basse; bas; normale; aucune; baja;
        bajo; ninguna; baixa; baixo; nenhuma; bassa; nessuna; laag; normaal; geen;
        niska; niski; niskie; normalny; normalna; zwykly; brak; lag; ingen; lav; nizka;
        nizky; normalni; alacsony; matala; alhainen; normaali; scazuta; dusuk; yok;
        низкии; низкая; нормальныи; обычныи; низька; низькии; звичаинии; 低; 普通; 낮음;
        보통; nizak; منخفض; asagi; ниско; nizke; χαμηλη; madal; پایین; alin; નીચુ;
        נמוך; rendah; lagur; zemas; zems; нам; scazut; nizko; ต่ํา; past; thap; დაბალი
    """,
    "1": """
        medium; moderate; middle; average; warm; mittel; mittlere; mittelhoch; moyenne;
        moyen; media; medio; media prioridad; intermedia; gemiddeld; midden; srednia;
        sredni; srednie; medel; middels; mellem; stredni; stredna; kozepes; keskitaso;
        keskisuuri; medie; mediu; orta; среднии; средняя; середніи; середня; 中; 中等;
        중간; srednji; srednja; μεσαια
    """,
    "2": """
        high; hot; important; major; elevated; hoch; hohe; wichtig; heiss; haute; haut;
        elevee; eleve; importante; alta; alto; hoog; belangrijk; wysoka; wysoki;
        wysokie; hog; viktig; hoj; hoy; vysoka; vysoky; magas; korkea; tarkea; ridicata;
        ridicat; mare; yuksek; высокии; высокая; важно; висока; високии; 高; 높음;
        visok; visoka; υψηλη; مرتفع; yuksək; високо; visoki; korge; بالا; વધારે; גבוה;
        हाई; tinggi; har; aukstas; augsts; өндөр; สูง; yuqori; cao; მაღალი
    """,
    "3": """
        very high; highest; urgent; critical; top; emergency; sehr hoch; dringend;
        kritisch; hochste; tres elevee; tres haute; tres eleve; urgente; critique; muy
        alta; muy alto; critica; critico; muito alta; molto alta; zeer hoog; spoed;
        kritiek; bardzo wysoka; bardzo wysoki; pilne; pilny; krytyczny; krytyczna;
        mycket hog; bradskande; kritisk; svaert hoy; meget hoj; haster; velmi vysoka;
        kriticka; nalehave; nagyon magas; surgos; erittain korkea; kiireellinen; foarte
        ridicata; cok yuksek; acil; критическии; очень высокии; срочно; критичнии;
        терміново; 最高; 緊急; 紧急; 긴급; hitno; عالٍ جداً; cox yuksək; много високо; veoma
        visoko; molt alta; velmi vysoko; πολυ υψηλη; vaga korge; خیلی زیاد; גבוה מאוד;
        jako visok; sangat tinggi; mjog mikill; とても高い; 매우 높음; labai aukstas; loti
        augsta; маш өндөр; muito elevada; velmi vysoke; zelo visoka; สูงมาก; дуже
        високии; juda yuqori; rat cao; 非常高; عاجل; təcili; спешно; επειγον;
        kiireloomuline; فوری; דחוף; तत्काल; mendesak; لەناکاو; skubu; яаралтаи; nujno;
        เร่งด่วน; терміновии; shoshilinch; khan cap
    """,
}
ACTIVITY_TYPES = {
    "Call": """
        call; calls; phone; phone call; phonecall; telephone; outbound call; inbound
        call; anruf; telefonat; telefon; anrufen; telefonanruf; appel; appel
        telephonique; coup de fil; appeler; llamada; llamada telefonica; telefono;
        llamar; chamada; ligacao; telefonema; telefone; ligar; chiamata; telefonata;
        telefoongesprek; gesprek; bellen; telefoontje; oproep; telefoniczna; rozmowa;
        rozmowa telefoniczna; polaczenie; samtal; telefonsamtal; ring; ringa; samtale;
        telefonsamtale; opkald; anrop; hovor; volani; hivas; telefonhivas; puhelu;
        soitto; soita; apel; apel telefonic; arama; telefon gorusmesi; звонок; дзвінок;
        телефонныи звонок; 電話; 通話; 电话; 전화; poziv; обаждане; κληση; مكالمة; zəng et;
        pozovi; trucada; τηλεφωνημα; helista; تماس; שיחה; panggilan; simtal; skambutis;
        zvans; дуудлага; apeluri; klic; โทร; ara; qo ng iroq; goi; 語音通話
    """,
    "Meeting": """
        meeting; meetings; appointment; event; demo; visit; lunch; presentation;
        conference; video call; video conference; termin; besprechung; treffen; besuch;
        mittagessen; vorfuhrung; prasentation; rendez vous; rdv; reunion; visite;
        rencontre; dejeuner; cita; visita; encuentro; reuniao; encontro; compromisso;
        almoco; appuntamento; riunione; incontro; pranzo; afspraak; vergadering; bezoek;
        bespreking; spotkanie; wizyta; mote; moete; besok; moteinnkalling; besog;
        schuzka; jednani; navsteva; stretnutie; talalkozo; megbeszeles; latogatas;
        tapaaminen; kokous; palaveri; intalnire; sedinta; vizita; toplanti; gorusme;
        ziyaret; встреча; совещание; визит; зустріч; нарада; 会議; 会议; 打ち合わせ; ミーティング; 訪問;
        拜访; 회의; 미팅; sastanak; среща; συναντηση; الاجتماع; gorus; reunio; mode;
        koosolek; ملاقات; פגישה; मीटिंग; rapat; susitikimas; уулзалт; တွေ့ဆုံခြင်း;
        sestanek; การประชุม; uchrashuv; hop; 會議; kalendrisse lisamine; સભા; tiksanas;
        cuoc hop
    """,
    "Email": """
        email; e mail; mail; emails; send email; email message; mailing; e mails;
        courriel; mel; correo; correo electronico; email enviado; posta elettronica;
        posta; e post; epost; e posta; eposta; sahkoposti; meili; письмо; почта; эл
        почта; электронная почта; лист; メール; 邮件; 电子邮件; 이메일; имеил; poczta; wiadomosc
        e mail; epos; البريد الإلكتروني; elektron poct; correu electronic; پست
        الکترونیک; דוא; ईमेल; tolvupostur; អុីម៉ែល; ئیمەیڵ; el pastas; e pasts; имэил;
        အီးမေးလ်; อีเมล; ел пошта; elektron pochta; 電郵; ઈ મેઈલ; ই মেইল; e poct
    """,
    "To-Do": """
        to do; todo; task; tasks; follow up; followup; deadline; reminder; other;
        action; aufgabe; aufgaben; wiedervorlage; frist; erinnerung; nachfassen;
        sonstiges; tache; relance; echeance; rappel; suivi; autre; tarea; seguimiento;
        recordatorio; plazo; otro; tarefa; acompanhamento; prazo; lembrete; attivita;
        compito; promemoria; scadenza; altro; taak; taken; opvolging; herinnering;
        zadanie; zadania; termin wykonania; przypomnienie; uppgift; uppfoljning;
        paminnelse; oppgave; oppfolging; opgave; opfolgning; ukol; pripominka; uloha;
        feladat; emlekezteto; hatarido; tehtava; muistutus; sarcina; gorev; hatirlatma;
        takip; задача; напоминание; завдання; нагадування; タスク; 任务; 待办; 작업; 할 일;
        zadatak; задание; قائمة المهام; per fer; actividades pendientes; tegemiseks;
        انجام دادن; tehtavalista; מטלה; टू डू; za napraviti; teendo; 해야 할 일;
        uzduociu sarasas; хиих зүил; လုပ်ရန်; lista de tarefas; opravilo; att gora;
        yapilacak; зробити; vazifalar; viec can lam; 待辦事項; المهمة; tapsiriq; tasca;
        εργασια; ulesanne; ataza; وظیفه; કાર્ય; משימה; टास्क; kegiatan; lavoro; tawuri;
        កិច្ចការ; uzduotis; uzdevums; даалгавар; တာဝန်; poziadavka; aktivitet; งาน;
        vazifa; nhiem vu; 任務
    """,
}

INVOICE_STATES = {
    "draft": """
        draft; new; proforma; pro forma; entwurf; brouillon; borrador; rascunho; bozza;
        concept; szkic; utkast; udkast; koncept; piszkozat; luonnos; ciorna; taslak;
        черновик; чернетка
    """,
    "posted": """
        posted; issued; sent; open; unpaid; partially paid; partial; overdue; due;
        approved; authorised; authorized; billed; invoiced; closed; outstanding; viewed;
        gebucht; versendet; gesendet; offen; teilbezahlt; uberfallig; envoyee; emise;
        impayee; en retard; enviada; emitida; vencida; pendiente; emessa; inviata;
        scaduta; verzonden; openstaand; wystawiona; skickad; sendt; vystaveno; выставлен
    """,
    "paid": """
        paid; bezahlt; payee; paye; pagada; pagado; paga; pago; pagata; betaald;
        zaplacona; betald; betalt; zaplaceno; uhrazena; fizetve; maksettu; platita;
        odendi; оплачен; оплачено
    """,
    "cancel": """
        cancelled; canceled; void; voided; deleted; storniert; annulliert; annulee;
        annule; anulada; cancelada; annullata; geannuleerd; anulowana; makulerad;
        annullerad; annulleret; stornovano; zrusena; sztornozva; peruttu; anulata; iptal;
        отменен; скасовано
    """,
}

INVOICE_KINDS = {
    "out_invoice": """
        invoice; customer invoice; sales invoice; tax invoice; accrec; inv; rechnung;
        facture; factura; fatura; fattura; factuur; faktura; szamla; lasku; счет
    """,
    "out_refund": """
        credit note; credit memo; refund; creditnote; customer credit note; accreccredit;
        gutschrift; avoir; nota de credito; abono; nota di credito; creditnota;
        korekta; kreditfaktura; kreditnota; dobropis; hyvityslasku
    """,
    "out_receipt": """
        receipt; sales receipt; sale receipt; quittung; kassenbon; recu; recibo; ricevuta;
        kwitancja; kvitto; kvittering; uctenka
    """,
    "in_invoice": """
        bill; vendor bill; supplier invoice; purchase invoice; accpay;
        eingangsrechnung; facture fournisseur; factura de proveedor
    """,
    "in_refund": "vendor credit; vendor credit note; supplier credit note; accpaycredit",
}

RECURRING_PLANS = {
    "Monthly": """
        monthly; month; per month; every month; each month; mrr; monatlich; monat; pro monat;
        mensuel; mensuelle; par mois; mensual; mensal; mensile; maandelijks; miesiecznie
    """,
    "Yearly": """
        annual; annually; yearly; year; per year; every year; each year; arr; per annum;
        jahrlich; jahr; pro jahr; annuel; annuelle; par an; anual; annuale; jaarlijks;
        rocznie
    """,
}
