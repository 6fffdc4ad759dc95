"""The triggers that protect clues, in the pattern of `cases.triggers`, which makes them."""

SQLITE = {
    "huxin_clue_event_no_update": """CREATE TRIGGER huxin_clue_event_no_update
        BEFORE UPDATE ON inspection_clueevent
        BEGIN SELECT RAISE(ABORT, 'timeline events are append-only'); END""",
    "huxin_clue_event_no_delete": """CREATE TRIGGER huxin_clue_event_no_delete
        BEFORE DELETE ON inspection_clueevent
        BEGIN SELECT RAISE(ABORT, 'timeline events are append-only'); END""",
    "huxin_clue_state_with_version": """CREATE TRIGGER huxin_clue_state_with_version
        BEFORE UPDATE ON inspection_clue
        WHEN NEW.state <> OLD.state AND (NEW.version <= OLD.version OR NEW.audit_length <= OLD.audit_length)
        BEGIN SELECT RAISE(ABORT, 'state changes only together with version and record'); END""",
}

POSTGRES = {
    "huxin_clue_event_no_update": """CREATE TRIGGER huxin_clue_event_no_update
        BEFORE UPDATE OR DELETE ON inspection_clueevent
        FOR EACH ROW EXECUTE FUNCTION huxin_append_only()""",
    "huxin_clue_state_with_version": """CREATE TRIGGER huxin_clue_state_with_version
        BEFORE UPDATE OF state ON inspection_clue
        FOR EACH ROW EXECUTE FUNCTION huxin_state_with_version()""",
}
