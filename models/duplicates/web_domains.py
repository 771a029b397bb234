"""Domains at which anybody has an address or a page: they tell of no company."""

from odoo.tools import SQL

from odoo.addons.iap.tools import iap_tools

from ...connectors.anonymize import invent_public


def with_invented(names):
    """Return domains, and what they become where people are anonymized."""
    return frozenset(names) | frozenset(map(invent_public, names))


NETWORKS = with_invented(
    # networks and directories
    "linkedin.com facebook.com fb.com fb.me instagram.com twitter.com x.com xing.com "
    "youtube.com youtu.be tiktok.com pinterest.com vk.com ok.ru weibo.com reddit.com "
    "threads.net tumblr.com medium.com substack.com github.com gitlab.com behance.net "
    "dribbble.com whatsapp.com wa.me telegram.org t.me line.me snapchat.com vimeo.com "
    "flickr.com quora.com yelp.com tripadvisor.com trustpilot.com crunchbase.com "
    "angel.co wellfound.com kununu.com glassdoor.com indeed.com eventbrite.com "
    "meetup.com wikipedia.org google.com goo.gl maps.app.goo.gl g.page g.co "
    # shorteners and pages of links
    "bit.ly tinyurl.com t.co ow.ly buff.ly is.gd cutt.ly rebrand.ly lnkd.in linktr.ee "
    "beacons.ai carrd.co about.me calendly.com "
    # shops and markets
    "amazon.com amazon.de amazon.co.uk ebay.com ebay.de etsy.com alibaba.com "
    "aliexpress.com mercadolibre.com ".split()
)
"""Nobody's own, with everything below: ``pt.linkedin.com`` is LinkedIn as well."""


BUILDERS = with_invented(
    "wix.com wixsite.com wordpress.com wordpress.org blogspot.com blogger.com "
    "squarespace.com weebly.com jimdo.com jimdosite.com jimdofree.com webnode.com "
    "godaddysites.com strikingly.com webflow.io myshopify.com odoo.com "
    "github.io gitlab.io netlify.app vercel.app herokuapp.com azurewebsites.net "
    "web.app firebaseapp.com pages.dev workers.dev notion.site onmicrosoft.com".split()
)
"""Nobody's own; what stands below is its customer's: ``acme.wixsite.com`` is Acme's."""


PROVIDERS = with_invented(
    {name.strip() for name in iap_tools._MAIL_PROVIDERS}
    | set(
        "ymail.com yandex.com yandex.ru gmx.com gmx.at gmx.ch mail.de email.de "
        "freenet.de t-online.de arcor.de vodafone.de bluewin.ch hispeed.ch orange.fr "
        "sfr.fr free.fr laposte.net wanadoo.fr libero.it virgilio.it tiscali.it "
        "alice.it tin.it aruba.it pec.it sapo.pt clix.pt netcabo.pt iol.pt mail.pt "
        "terra.es telefonica.net ziggo.nl kpnmail.nl planet.nl home.nl hetnet.nl "
        "telenet.be proximus.be skynet.be seznam.cz centrum.cz email.cz wp.pl o2.pl "
        "onet.pl interia.pl op.pl tuta.com tutanota.com proton.me protonmail.com pm.me "
        "fastmail.com hey.com hushmail.com zoho.com zohomail.com mail.com inbox.com "
        "btinternet.com sky.com talktalk.net virginmedia.com ntlworld.com blueyonder.co.uk "
        "live.com live.co.uk live.fr live.nl msn.com outlook.com outlook.de outlook.fr "
        "hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.it hotmail.es yahoo.com "
        "yahoo.co.uk yahoo.fr yahoo.de yahoo.es yahoo.it yahoo.com.br rocketmail.com "
        "icloud.com me.com mac.com aol.com comcast.net verizon.net att.net sbcglobal.net "
        "cox.net charter.net earthlink.net bellsouth.net shaw.ca rogers.com bell.net "
        "bigpond.com optusnet.com.au xtra.co.nz naver.com daum.net hanmail.net qq.com "
        "163.com 126.com sina.com sohu.com rediffmail.com uol.com.br bol.com.br "
        "terra.com.br ig.com.br yopmail.com mailinator.com".split()
    )
)
"""Mail providers: Odoo's own list, and others of the kind."""


NOBODYS = PROVIDERS | NETWORKS | BUILDERS
"""Domains that are nobody's, as they stand."""


def is_nobodys(domain):
    """Tell whether a domain says nothing about the company behind it.

    >>> is_nobodys("pt.linkedin.com"), is_nobodys("gmail.com"), is_nobodys("wixsite.com")
    (True, True, True)
    >>> is_nobodys("acme.wixsite.com"), is_nobodys("acme.example"), is_nobodys("x.company")
    (False, False, False)
    """
    name = (domain or "").strip().lower().rstrip(".").removeprefix("www.")
    below = {name.split(".", count)[-1] for count in range(name.count(".") + 1)}
    return name in NOBODYS or bool(below & NETWORKS)


def is_below_network(found):
    """Return the condition that a domain is a network or lies below one, for PostgreSQL.

    Its last labels are looked up; a pattern of all networks took 40 µs a domain.
    """
    by_size = {}
    for name in sorted(NETWORKS):
        by_size.setdefault(name.count("."), []).append(name)
    conditions = [
        SQL("substring(%s from %s) = ANY(%s::text[])", found, _LAST.format(dots), names)
        for dots, names in by_size.items()
    ]
    return SQL("(%s) IS TRUE", SQL(" OR ").join(conditions))


_LAST = r"[^.]+(?:\.[^.]+){{{}}}$"
