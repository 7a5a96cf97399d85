"""The Clausula language: clause files in, what an agreement says and does out; pure throughout."""
