"""Who follows a record: people of the source who have a user here. Nobody is told of it."""

from odoo import models
from odoo.fields import Command

FOLLOWERS = "message_partner_ids"


class CrmMigrationLoadingFollowers(models.AbstractModel):
    """A project for invited people alone is seen by its followers: they are its members.

    To subscribe somebody sends nothing (``message_subscribe``, mail 19.0). Whoever writes
    in the chatter follows as well: who else follows is no difference, and stays.
    """

    _name = "crm.migration.loading.followers"
    _description = "Migration: Loading Followers"

    def _convert_many2many(self, batch, item, target, field, value):
        """Let users follow who can log in; who cannot is named in the notes."""
        if field.name != FOLLOWERS:
            return super()._convert_many2many(batch, item, target, field, value)
        ids, absent = [], []
        for model, res_id in self._look_up_each(batch, item, target, value):
            if model == "res.partner":
                ids.append(res_id)
            elif model == "res.users":
                user = self.env[model].browse(res_id)
                if user.active:
                    ids.append(user.partner_id.id)
                else:
                    absent.append(user.name)
            else:
                self._report_wrong_model(batch, item, target, model, res_id)
        if absent:
            self._keep_in_notes(batch, item, target, ", ".join(absent))
        return [Command.set(list(dict.fromkeys(ids)))]

    def _without_put(self, batch, item, record, name, expected, found):
        if name == FOLLOWERS:
            return [each for each in found if each in (expected or ())]
        return super()._without_put(batch, item, record, name, expected, found)
