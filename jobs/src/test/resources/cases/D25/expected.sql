-- Xetra's SAP.DE is not New York's SAP.
SELECT source_file, rule, count(*) FROM quarantine WHERE source_file LIKE '%/SAP%' GROUP BY ALL
= bars/yahoo/SAP.DE.csv.gz | unknown-instrument | 502
