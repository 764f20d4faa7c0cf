-- An empty temporary table for words that are spelled again. Called by dictionary.save and productNames.save.
create or replace temporary table word_again (
    number    integer,
    word      varchar,
    id        varchar,
    import_id bigint
)
