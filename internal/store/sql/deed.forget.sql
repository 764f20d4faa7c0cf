-- Takes back everything that was done because of what customers said. Called by ForgetInvented.
DELETE FROM deed
