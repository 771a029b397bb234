"""Codes of states that people and other systems write, beside those that Odoo has.

Data only: (ISO 3166-1 code, the code that Odoo 19.0 has without the country's) → others:
those of ISO 3166-2 where Odoo has a different one, those of the post and of the railway.
"""

_MEXICO = """
    AGU=AG AGS; BCN=BC; BCS=BS; CAM=CM CAMP; CHP=CS CHIS; CHH=CH CHIH; CMX=CDMX DF DIF;
    COA=CO COAH; COL=CL; DUR=DG DGO; GUA=GT GTO; GRO=GR; HID=HG HGO; JAL=JA; MEX=ME EDOMEX;
    MIC=MI MICH; MOR=MO; NAY=NA; NLE=NL; OAX=OA; PUE=PB; QUE=QE QRO; ROO=QR QROO; SIN=SI;
    SLP=SL; SON=SO; TAB=TB; TAM=TM TAMPS; TLA=TL TLAX; VER=VE; YUC=YU; ZAC=ZA
"""


_INDIA = "CG=CT; OD=OR; TS=TG; UK=UT UA; DD=DH; DN=DH"


_GERMANY = "NW=NRW; MV=MVP; BW=BAWUE; NI=NDS; RP=RLP"


_AUSTRIA = """
    1=BGLD B; 2=KTN K; 3=NOE NÖ N; 4=OOE OÖ O; 5=SBG S; 6=STMK ST; 7=TIR T; 8=VBG V; 9=W WIE
"""


_AUSTRALIA = "VIC=VI; QLD=QL; TAS=TA; NSW=NS; ACT=AC"


_SPAIN = "PM=IB; OR=OU; GI=GE; NA=NC"


def _read(country, text):
    pairs = (pair.strip().split("=") for pair in text.split(";"))
    return {(country, code): tuple(others.split()) for code, others in pairs}


OTHER_CODES = {
    **_read("MX", _MEXICO),
    **_read("IN", _INDIA),
    **_read("DE", _GERMANY),
    **_read("AT", _AUSTRIA),
    **_read("AU", _AUSTRALIA),
    **_read("ES", _SPAIN),
}
