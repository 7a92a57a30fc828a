SELECT type, count(*), sum(('x' || left(encode(sha256(convert_to(data::text, 'UTF8')), 'hex'), 16))
    ::bit(64)::bigint::numeric) AS total   -- modulo 2^64, lalu 16 angka heksadesimal
FROM salinan GROUP BY type;
