"""What reading files has to say: why one is refused, how it is read, what its rows show."""

from .sentences import Sentences, _lt

FILE_SENTENCES = Sentences(
    {
        # of a file as a whole
        "file_empty": _lt("%(name)s is empty."),
        "file_no_rows": _lt("%(name)s holds no rows."),
        "file_no_table": _lt("%(name)s holds no list of records."),
        "file_unknown": _lt(
            "%(name)s is not a file that can be read: CSV, XLSX, JSON, NDJSON, ZIP."
        ),
        "file_mailbox": _lt(
            "%(name)s holds e-mails, which are not read from a mailbox file."
        ),
        "file_document": _lt(
            "%(name)s is a document, not a table. Save its table as XLSX or CSV."
        ),
        "file_page": _lt(
            "%(name)s is a web page, whatever its name ends in. Open it in Excel or "
            "LibreOffice and save it as XLSX."
        ),
        "file_sql": _lt(
            "%(name)s is a dump of a database, which is not read. Export its tables as "
            "CSV."
        ),
        "file_too_big": _lt(
            "%(name)s is too big for this (%(limit)s MB at most). Save it as CSV."
        ),
        "file_encrypted": _lt(
            "%(name)s is protected by a password. Save it without one."
        ),
        "file_damaged": _lt("%(name)s is damaged from byte %(offset)s on."),
        "file_changed": _lt(
            "%(name)s is not the file that was started. Read it from the start."
        ),
        "content_columns_gone": _lt(
            "%(name)s has no column of ids: its rows are known by all they say. Without "
            "the columns %(columns)s that it had before, each of them would seem new. "
            "Export it with these columns."
        ),
        "old_excel": _lt(
            "%(name)s is in the format before Excel 2007. Save it as XLSX or CSV."
        ),
        "zip_bomb": _lt("%(name)s would unpack to %(size)s MB and was left alone."),
        "zip_broken": _lt("%(name)s is damaged or packed in a way that is not known."),
        "zip_nested": _lt(
            "%(name)s is an archive too deep within others. Unpack it first."
        ),
        "sheet_missing": _lt("%(name)s has no sheet %(sheet)s."),
        "too_many_duplicates": _lt(
            "%(key)s does not tell the rows of %(name)s apart. Choose another key."
        ),
        "option_unused": _lt(
            "There are corrections for %(name)s, and no such file or sheet: they do "
            "nothing. The files are: %(files)s."
        ),
        # of one line
        "line_length": _lt(
            "Line %(line)s of %(name)s has %(found)s cells instead of %(expected)s."
        ),
        "line_too_long": _lt("Line %(line)s of %(name)s is longer than %(limit)s MB."),
        "unterminated_quote": _lt(
            "Line %(line)s of %(name)s opens a quotation mark that is never closed."
        ),
        "bad_line": _lt("Line %(line)s of %(name)s cannot be read: %(reason)s."),
        "bad_json": _lt("Line %(line)s of %(name)s is not JSON."),
        "not_an_object": _lt(
            "Line %(line)s of %(name)s is not an object with members."
        ),
        "duplicate_id": _lt(
            "Line %(line)s of %(name)s repeats the %(key)s of an earlier line."
        ),
        # how a table is read
        "table_found": _lt(
            "%(name)s holds %(stream)s in %(columns)s [[columns|column|columns]]."
        ),
        "table_either": _lt(
            "%(name)s holds customers, and nothing in its %(columns)s columns says whether "
            "they are companies or people. They are taken as people until somebody says "
            "what it holds."
        ),
        "table_left_out": _lt("%(name)s is left out, as chosen."),
        "table_unknown": _lt(
            "%(name)s is not recognized by its name and its %(columns)s "
            "[[columns|column|columns]]: nothing "
            "is made of its rows. Say what it holds, for instance contacts or deals, or "
            "name it as an object of its own."
        ),
        "looked_at_beginning": _lt(
            "Only the first %(count)s [[count|row|rows]] of %(name)s [[count|has|have]] "
            "been looked at so far. All of it is looked at before its fields are proposed."
        ),
        "encoding_guessed": _lt(
            "%(name)s does not say its encoding; %(encoding)s is taken."
        ),
        "mixed_encoding": _lt(
            "%(lines)s [[lines|line|lines]] of %(name)s [[lines|is|are]] in another encoding; Windows-1252 is "
            "taken."
        ),
        "header_missing": _lt("%(name)s has no header: its columns are numbered."),
        "header_below": _lt(
            "The header of %(name)s is in row %(row)s; what stands above is left out."
        ),
        "header_double": _lt(
            "The header of %(name)s takes two rows, %(row)s and the one below it."
        ),
        "header_repeated": _lt(
            "%(name)s has %(count)s columns %(column)s: the first filled value is read "
            "as %(column)s, the next as %(unique)s."
        ),
        "key_missing": _lt(
            "%(name)s has no column of ids: a row is known by all it says, and one that "
            "is changed later is another one."
        ),
        "lists_unsearched": _lt(
            "Lists behind the first %(limit)s MB of %(name)s were not looked for."
        ),
        "table_divided": _lt(
            "%(whole)s holds several tables: %(name)s is one of them, from %(place)s "
            "on."
        ),
        # of a sheet
        "sheet_hidden": _lt(
            "%(name)s is hidden in Excel and is left out. If you want it, say what it holds."
        ),
        "sheet_hidden_read": _lt("%(name)s is hidden in Excel; it is read, as chosen."),
        "columns_hidden": _lt(
            "%(name)s has hidden columns: %(columns)s. They are read as well."
        ),
        "merged_cells": _lt(
            "%(name)s has merged cells (%(ranges)s): the value of the block is taken "
            "for each of its rows."
        ),
        "formulas": _lt(
            "%(count)s [[count|formula|formulas]] in %(columns)s of %(name)s "
            "[[count|has|have]] no result: no program has computed them, and they are "
            "read as empty. Open the file in Excel or LibreOffice, save it there, and "
            "upload it again."
        ),
        "excel_errors": _lt(
            "%(columns)s of %(name)s show errors of formulas (%(errors)s): these cells "
            "are read as empty."
        ),
        "currency_shown": _lt(
            "The cells of %(column)s in %(name)s show their currency (%(currencies)s): "
            "it is read as %(column)s (currency)."
        ),
        # of its rows
        "cells_misfit": _lt(
            "%(count)s [[count|row|rows]] of %(name)s [[count|has|have]] more or fewer "
            "cells than its header: what separates the cells, or the row of the "
            "headings, may be another."
        ),
        "short_rows_filled": _lt(
            "%(count)s [[count|row|rows]] of %(name)s [[count|ends|end]] before the last "
            "column: what is missing there is read as empty. If these are pieces of "
            "broken rows, say so in the preview of the file (short_rows: refuse)."
        ),
        "rows_left_out": _lt(
            "%(name)s has rows that are no records but totals, repeated headers or "
            "footers (%(count)s); they are left out (%(examples)s). If they are "
            "records, say so under “Totals and footers” in the preview of the file "
            "(extra_rows: keep)."
        ),
        "perhaps_cut": _lt(
            "%(name)s ends behind its row %(count)s. Some exporters end there without a "
            "word: compare with the number that the other system shows."
        ),
        "moves_without_deal": _lt(
            "%(name)s tells %(moves)s [[moves|change|changes]] of stage of %(deals)s [[deals|deal|deals]] that "
            "no file of the deals has; they stay with the migration."
        ),
        "links_without_record": _lt(
            "%(name)s tells %(links)s [[links|link|links]] to %(records)s [[records|record|records]] that no "
            "file has; they stay with the migration."
        ),
        "rows_kept": _lt(
            "%(name)s has rows that look like totals, repeated headers or footers "
            "(%(count)s); they are read as records, as you chose (%(examples)s)."
        ),
        "second_table": _lt(
            "Another table begins in row %(row)s of %(name)s. What stands from there on "
            "is left out: put each table into a sheet or file of its own."
        ),
        # of its values
        "armor_removed": _lt(
            "The export of %(name)s put signs around values of %(columns)s that are no "
            'part of them (an apostrophe, a tab or a module before, ="…" around): they '
            "are left out."
        ),
        "entities_read": _lt(
            "%(columns)s of %(name)s are written in HTML escapes such as &amp;: the "
            "signs themselves are read."
        ),
        "encoded_twice": _lt(
            "Another program took %(columns)s of %(name)s for another encoding and wrote "
            "“Ã¶” for “ö”: the letters that are meant are read."
        ),
        "long_ids": _lt(
            "%(columns)s of %(name)s hold ids of 15 or 18 signs: all are read in their "
            "long form, so that both forms are found."
        ),
        "words_for_nothing": _lt(
            "%(words)s in %(columns)s of %(name)s stand for nothing and are read as "
            "empty. If they are values, say so under “Words for nothing” in the preview "
            "of the file (blank_words: keep)."
        ),
        "moments_shifted": _lt(
            "All moments of %(column)s in %(name)s have %(second)s seconds: the program "
            "that wrote the file was some seconds wrong, which makes a day the one "
            "before. The right day or minute is read. If they are right as they stand, "
            "say so under “Dates some seconds wrong” in the preview of the file "
            "(shifted_dates: keep)."
        ),
        "moments_kept": _lt(
            "All moments of %(column)s in %(name)s have %(second)s seconds and are read "
            "as they stand, as you chose."
        ),
        "ambiguous_dates": _lt(
            "Day and month cannot be told apart in %(column)s of %(name)s; the day is "
            "taken to stand first. Choose another order of dates if that is wrong."
        ),
        "mixed_dates": _lt(
            "Some dates of %(column)s in %(name)s have the day first, some the month. "
            "The day is taken to stand first, and what does not fit is reported."
        ),
        "mixed_dates_month": _lt(
            "Some dates of %(column)s in %(name)s have the day first, some the month. "
            "The month is taken to stand first, and what does not fit is reported."
        ),
        "ambiguous_numbers": _lt(
            "The decimal mark of %(column)s in %(name)s cannot be told; %(mark)s is "
            "taken. Choose another one if that is wrong."
        ),
        "mixed_numbers": _lt(
            "Some numbers of %(column)s in %(name)s have a decimal comma, some a point. "
            "%(mark)s is taken, and what does not fit is reported."
        ),
    }
)
