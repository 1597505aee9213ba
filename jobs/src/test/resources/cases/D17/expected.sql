-- Words for an absent value.
SELECT event_id, status FROM event_impact WHERE event_id LIKE 'd17%' AND window_start = 0 AND window_end = 0
= d17w0:D17W0 | OK
= d17w1:D17W1 | OK
= d17w2:D17W2 | OK
= d17w3:D17W3 | OK
= d17w4:D17W4 | OK
= d17w5:D17W5 | OK
= d17w6:D17W6 | OK
