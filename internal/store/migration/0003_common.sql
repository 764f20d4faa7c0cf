-- +goose Up
ALTER TABLE lamp ADD COLUMN common BOOLEAN NOT NULL DEFAULT FALSE; -- one of many lit at once
ALTER TABLE round ADD COLUMN common TEXT NOT NULL DEFAULT 'null'; -- JSON: what stands for them
