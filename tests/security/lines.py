"""What went wrong elsewhere, line by line, and the tests that must stand here.

A line is told by what happened there. ``test_lines.py`` says that each of its tests is there, so
that none goes unnoticed.
"""

PERMISSIONS = "tests/permissions/test_crawl.py::"
TABLE = "tests/permissions/test_table.py::"
ROUTES = "tests/house/test_routes.py::"
HOLDS = "tests/house/test_what_must_always_hold.py::"
FORMS = "tests/house/test_hostile_forms.py::"
CALLS = "tests/house/test_hostile_api.py::"
HERE = "tests/security/test_access.py::"

LINES: dict[str, tuple[str, ...]] = {
    "anyone accepted or rejected the proposals of others": (
        PERMISSIONS + "test_each_kind_of_people_does_what_the_table_says_and_nothing_else",
        PERMISSIONS + "test_who_is_suspended_does_nothing_that_asks_for_a_role",
        TABLE + "test_every_address_is_in_a_row",
        TABLE + "test_a_row_and_the_chapter_of_its_verb_say_the_same",
        ROUTES + "test_every_route_names_who_may_call_it",
    ),
    "what was hidden or private leaked by API, feed, file, search or mail": (
        PERMISSIONS + "test_each_kind_of_people_reads_what_the_table_says_and_follows_every_link",
        PERMISSIONS + "test_what_is_for_the_group_only_is_not_there_for_anybody_else",
        HOLDS
        + "TestLoadThroughTheViewer::test_what_you_may_not_see_and_what_is_not_there_are_the_same",
        HOLDS + "TestLoadThroughTheViewer::test_it_is_on_no_list",
        "tests/discussions/test_hidden_words.py::"
        "test_hidden_words_are_nowhere_until_they_are_shown_again",
        "tests/reading/test_kept.py::TestForMembers::test_a_page_of_theirs_is_nobody_elses",
        "tests/reading/test_kept.py::TestForMembers::"
        "test_a_word_to_one_person_is_not_kept_for_all",
        HERE + "TestWordsThatFewRead::test_no_mail_brings_them_to_somebody_else",
        HERE + "TestWordsThatFewRead::test_looking_for_them_finds_what_looking_for_nothing_finds",
    ),
    "a name, title or file name ran as a script where it was shown": (
        FORMS + "test_every_form_stands_hostile_input",
        CALLS + "test_every_call_stands_hostile_values",
        "tests/kit/test_markup.py::test_nothing_hostile_survives",
        "tests/exports/test_formats.py::test_hostile_words_stay_words_in_html",
        "tests/house/test_templates.py::test_it_holds_no_code_and_no_style",
        HERE + "test_nothing_that_is_kept_runs_where_it_is_shown",
    ),
    "one of several ways of writing forgot to clean what it wrote": (
        "tests/house/test_furniture.py::test_few_may_promise_that_markup_is_safe",
        "tests/house/test_templates.py::test_nothing_in_it_is_trusted_but_what_was_rendered_once",
        "tests/kit/test_markup.py::test_any_text_renders_to_known_tags_only",
    ),
    "a parameter of an address ran as a script, or led to another site": (
        FORMS + "test_every_address_stands_hostile_parts_and_queries",
        "tests/people/test_rules.py::test_going_on_never_leaves_this_site",
        "tests/kit/test_guards.py::test_going_on_after_sign_in_stays_here",
        "tests/people/test_passkeys.py::TestSigningIn::test_it_goes_on_within_this_site_only",
    ),
    "a parameter came into a statement to the database": (
        FORMS + "test_every_address_stands_hostile_parts_and_queries",
        CALLS + "test_every_call_stands_hostile_addresses_headers_and_queries",
        HERE + "test_no_statement_is_put_together_from_what_somebody_sent",
    ),
    "a page of another site wrote in somebody's name": (
        ROUTES + "test_every_unsafe_route_refuses_what_comes_from_elsewhere",
        "tests/kit/test_guards.py::test_a_write_from_another_site_is_refused",
        HOLDS + "TestGetCannotWrite::test_the_database_refuses_it",
        CALLS + "test_a_cookie_counts_for_nothing_under_the_api",
        HERE + "TestCookiesAndTokens::test_a_token_opens_no_page",
        HERE + "TestCookiesAndTokens::test_a_cookie_opens_nothing_of_the_api",
    ),
    "two requests at once counted as two votes": (
        "tests/ballots/test_race.py::test_two_clicks_of_everybody_leave_one_vote_each",
        "tests/house/test_schema.py::test_one_vote_a_person_is_a_primary_key",
    ),
    "a link of a mail worked twice, late, or for somebody else": (
        "tests/people/test_links_in_any_order.py::"
        "test_a_link_is_good_once_for_its_time_its_address_and_its_purpose",
        "tests/people/test_probing.py::test_a_link_that_is_spent_many_times_at_once_opens_one_session",
        "tests/people/test_actions.py::TestSignInByLink::"
        "test_nothing_that_opens_a_door_is_kept_readable",
        "tests/people/test_ways.py::TestTheAddress::test_a_link_of_before_the_change_joins_nothing",
        "tests/groups/test_invitations.py::TestAnswering::test_a_link_is_good_once",
        "tests/groups/test_invitations.py::TestAnswering::test_a_link_works_until_its_last_moment",
        "tests/people/test_passkeys.py::TestSigningIn::test_an_answer_that_was_seen_is_worth_nothing",
    ),
    "what opened one group opened another": (
        PERMISSIONS + "test_a_chair_reaches_nothing_of_another_group_by_way_of_their_own",
        TABLE + "test_the_chair_of_another_group_and_an_administrator_are_strangers_here",
        "tests/people/test_sealed.py::test_it_opens_for_no_other_purpose_and_under_no_other_key",
        "tests/people/test_tokens.py::TestOverTheApi::"
        "test_no_address_takes_a_token_that_was_made_for_all_else",
        "tests/people/test_tokens.py::TestOverTheApi::test_a_scope_gives_no_right",
        "tests/people/test_tokens.py::TestVerbs::test_only_its_hash_is_kept",
    ),
    "a private file could be fetched again by whoever had its address": (
        "tests/exports/test_pages.py::"
        "test_what_only_the_group_may_see_is_kept_by_no_cache_and_shown_to_nobody_else",
        "tests/reading/test_data.py::TestThePageAndTheFile::test_no_cache_keeps_them",
        HERE + "test_what_a_cache_on_the_way_may_keep_is_the_same_for_everybody",
        "tests/reading/test_data.py::test_it_is_theirs_and_nobody_elses",
    ),
    "an import did what the form would have refused": (
        "tests/definitions/test_importing.py::"
        "test_it_refuses_whoever_does_not_keep_the_text",
        "tests/groups/test_invitations.py::TestSending::test_it_refuses_everybody_but_chairs",
    ),
    "the server asked other machines for whatever somebody named": (
        HERE + "test_few_files_speak_to_other_machines",
        "tests/people/test_provider_faults.py::test_outside_of_development_nothing_goes_unencrypted",
        "tests/people/test_provider_faults.py::"
        "test_one_that_is_slow_is_given_up_and_holds_up_nobody",
    ),
    "the answer, or how long it took, told which addresses are known": (
        "tests/people/test_probing.py::TestByMessage::"
        "test_the_answer_is_the_same_to_the_last_byte",
        "tests/people/test_probing.py::TestByWork::test_as_much_is_written_and_mailed",
        "tests/people/test_probing.py::TestByTime::test_known_and_unknown_addresses_take_as_long",
    ),
    "a secret vote was known by its time, its order, or a line of the log": (
        "tests/ballots/test_rules.py::test_names_and_counts_are_shown_as_the_card_says",
        "tests/kit/test_logs.py::test_who_votes_is_not_in_the_line",
        PERMISSIONS + "test_each_kind_of_people_reads_what_the_table_says_and_follows_every_link",
    ),
    "votes were altered after the count": (
        "tests/house/test_schema.py::test_what_was_voted_is_sealed_by_the_closing",
        "tests/record/test_verification.py::test_one_flipped_bit_anywhere_is_found",
    ),
    "a cell began a formula in the spreadsheet that opened it": (
        "tests/groups/test_member_list.py::test_no_cell_is_a_formula",
    ),
    "what was begun before the deadline was handed in after it": (
        "tests/ballots/test_rules.py::test_a_window_begins_inclusively_and_ends_exclusively",
        "tests/ballots/test_pages_voting.py::"
        "test_a_vote_that_came_too_late_is_said_and_its_reason_given_back",
    ),
    "abstentions counted as approval, and nobody's votes carried": (
        "tests/ballots/test_counting.py::test_it_counts_as_an_assembly_would",
        "tests/ballots/test_counting.py::test_nothing_is_carried_without_a_yes",
        "tests/ballots/test_rules.py::test_a_close_on_a_day_when_clocks_change_is_one_moment",
    ),
    "what moderators took away was gone without a trace": (
        "tests/discussions/test_hiding.py::TestHiding::test_it_names_the_rule_the_reason_and_the_chair",
        "tests/discussions/test_log.py::TestPage::"
        "test_everybody_reads_what_was_decided_by_whom_under_which_rule_and_why",
        "tests/discussions/test_appeal_rules.py::TestRules::"
        "test_another_chair_decides_and_an_administrator_where_there_is_none",
        "tests/discussions/test_appeals.py::TestDeciding::"
        "test_lifting_ends_it_with_the_same_entry",
    ),
    "secrets were guessed, and lists filled, by asking often enough": (
        "tests/people/test_floods.py::TestOfAPerson::"
        "test_the_fourth_in_an_hour_is_told_when_to_come_back_and_then_can",
        "tests/people/test_floods.py::"
        "test_many_names_in_one_network_are_stopped_together_and_no_other_network",
        "tests/people/test_floods.py::test_five_links_go_to_one_address_and_the_sixth_says_when",
        "tests/people/test_rules.py::test_five_links_go_to_an_address_in_a_quarter_of_an_hour",
    ),
    "secrets stood in logs, and what went wrong on pages": (
        "tests/journeys/test_what_the_logs_tell.py::test_no_secret_of_a_whole_journey_is_in_the_log",
        "tests/kit/test_logs.py::test_a_line_names_the_route_and_never_the_address",
        "tests/kit/test_logs.py::test_an_exception_tells_where_and_of_which_kind_but_not_its_words",
        "tests/kit/test_logs.py::test_the_id_of_a_request_is_in_the_page_the_head_and_the_log",
    ),
    "a slow pattern or a huge body kept the server busy": (
        "tests/kit/test_guards.py::test_a_body_that_is_too_large_is_refused_clearly",
        "tests/kit/test_guards.py::test_a_body_of_unknown_length_is_cut_off",
        "tests/definitions/test_draft.py::test_hostile_drafts_take_no_longer_than_they_should",
    ),
    "headers: no code of others, no frames, no guessing of types, TLS once is TLS for good": (
        ROUTES + "test_every_answer_has_the_headers_that_keep_it_in_its_place",
        "tests/kit/test_guards.py::test_every_answer_has_its_headers",
        "tests/kit/test_guards.py::test_strict_transport_behind_tls",
        "tests/kit/test_logs.py::test_what_broke_is_answered_with_all_headers",
    ),
    "sessions: listed to their owner, ended by them, new at each sign-in, over when not used": (
        "tests/people/test_sessions.py::TestTheList::test_nobody_sees_those_of_somebody_else",
        "tests/people/test_sessions.py::TestTheList::test_all_others_are_ended_at_once",
        "tests/people/test_sessions.py::TestRotation::"
        "test_signing_in_again_ends_the_session_before",
        "tests/people/test_sessions.py::TestRotation::"
        "test_a_cookie_that_was_put_there_before_opens_nothing_after",
        "tests/people/test_sessions.py::TestLimits::test_what_is_not_used_for_two_weeks_ends",
        "tests/people/test_sessions.py::TestTheCookie::test_behind_tls_it_is_of_this_host_only",
    ),
}  # fmt: skip
