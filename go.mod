module behold

go 1.26
