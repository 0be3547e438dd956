"""The one hand that draws every page: shapes come in as data, pages, CSV and print go out."""
