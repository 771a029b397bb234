"""What people do in the simulated systems between two readings."""

import uuid


def change_concord(simulator, changed, removed):
    company = simulator.company
    company.update("contacts", int(changed), first_name="Renamed")
    company.delete("contacts", int(removed))
    row = company.insert("contacts", first_name="Added", last_name="Later")
    return str(row["id"])


def change_nextcrm(simulator, changed, removed):
    simulator.execute(
        'UPDATE "crm_Contacts" SET first_name = %s WHERE id = %s', ["Renamed", changed]
    )
    # The bin: people can empty it, and nothing in it is read.
    simulator.execute(
        'UPDATE "crm_Contacts" SET "deletedAt" = now() WHERE id = %s', [removed]
    )
    key = str(uuid.uuid4())
    simulator.execute(
        'INSERT INTO "crm_Contacts" (id, first_name, last_name) VALUES (%s, %s, %s)',
        [key, "Added", "Later"],
    )
    return key


def change_net_results(simulator, changed, removed):
    account = simulator.account
    # No date of change moves: the content alone must tell.
    account.contacts[int(changed)]["contact_first_name"] = "Renamed"
    gone = account.contacts.pop(int(removed))
    for members in (account.values, account.history):
        members.pop(gone["contact_id"], None)
    for listed in (account.members, account.in_status):
        for keys in listed.values():
            keys[:] = [key for key in keys if key != gone["contact_id"]]
    for keys in account.on_list.values():
        keys.discard(gone["contact_id"])
    row = account.add_contact(contact_first_name="Added", contact_last_name="Later")
    return str(row["contact_id"])


def change_opex365(simulator, changed, removed):
    org = simulator.org
    org.tables["contact"][changed].update(
        firstname="Renamed", fullname="Renamed Person"
    )
    del org.tables["contact"][removed]
    # The platform takes the addresses of a contact along (its reference: cascade).
    addresses = org.tables["customeraddress"]
    for key in [
        k for k, r in addresses.items() if r["parentid"] == ("contact", removed)
    ]:
        del addresses[key]
    # To relate two rows changes neither of them, nor its date.
    accounts, contacts = list(org.tables["account"]), list(org.tables["contact"])
    machines = list(org.tables["opex_machine"])
    for relation, one in (
        ("opex_account_partner", accounts[0]),
        ("opex_machine_contact", machines[0]),
    ):
        org.unlink(relation, one, contacts[0])
        org.link(relation, one, contacts[2])
    return org.add(
        "contact", firstname="Added", lastname="Later", fullname="Added Later"
    )


def change_soffront(simulator, changed, removed):
    tables = simulator.customer.tables
    tables.update("Contact", int(changed), FName="Renamed", FullName="Renamed Person")
    tables.update("Contact", int(removed), IsDeleted=1)
    key = simulator.customer.next_id()
    tables.insert(
        "Contact",
        FormID=key,
        Contact=key,
        FName="Added",
        LName="Later",
        FullName="Added Later",
        Status="Active",
    )
    return str(key)


def change_spreadsheet(simulator, changed, removed):
    return simulator.change(changed, removed)
