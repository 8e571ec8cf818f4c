"""Writes ft-parquet/src/test/resources/parquet: Parquet files by pyarrow and datasets, and beside each the rows that they
read from it, as JSON lines."""

import base64
import datetime
import decimal
import json
import pathlib
import sys

import datasets
import pyarrow as pa
import pyarrow.parquet as pq

OUT = pathlib.Path(__file__).parent.parent / "ft-parquet/src/test/resources/parquet"


def plain(value):
    """A value as our reader gives it: times in the form of ISO 8601 without zeros at the end."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        if value and isinstance(value[0], tuple):  # a map
            return {str(plain(key)): plain(each) for key, each in value}
        return [plain(each) for each in value]
    if isinstance(value, datetime.datetime):
        fraction = f"{value.microsecond:06d}{getattr(value, 'nanosecond', 0):03d}".rstrip("0")
        utc = "Z" if value.tzinfo is not None else ""
        return value.strftime("%Y-%m-%dT%H:%M:%S") + ("." + fraction if fraction else "") + utc
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        fraction = f"{value.microsecond:06d}".rstrip("0")
        return value.strftime("%H:%M:%S") + ("." + fraction if fraction else "")
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def rows(name, values):
    lines = (json.dumps(plain(row), ensure_ascii=False, sort_keys=True) for row in values)
    (OUT / f"{name}.jsonl").write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def write(name, table, read_as=None, **options):
    """Several files with the same rows share one file of these rows."""
    file = OUT / f"{name}.parquet"
    pq.write_table(table, file, **options)
    rows(read_as or name, pq.read_table(file).to_pylist())


def write_dataset(name, dataset):
    """By the datasets library; labels with their names."""
    file = str(OUT / f"{name}.parquet")
    dataset.to_parquet(file)

    def named(value, feature):
        if isinstance(feature, datasets.ClassLabel):
            return None if value is None or value == -1 else feature.int2str(value)
        if isinstance(feature, dict):
            return value if value is None else {key: named(value[key], feature[key]) for key in value}
        if isinstance(feature, (datasets.List, datasets.LargeList)):
            return value if value is None else [named(each, feature.feature) for each in value]
        return value

    rows(name, [named(row, dict(dataset.features)) for row in dataset])


def chat():
    call = [{"id": "1", "type": "function", "function": {"name": "add", "arguments": '{"a": 1}'}}]
    return datasets.Dataset.from_list(
        [
            {"messages": [{"role": "user", "content": "Where?", "tool_calls": None},
                          {"role": "assistant", "content": "There.", "tool_calls": None}]},
            {"messages": [{"role": "user", "content": "1 + 0? 🙂", "tool_calls": None},
                          {"role": "assistant", "content": None, "tool_calls": call},
                          {"role": "tool", "content": "1", "tool_calls": None},
                          {"role": "assistant", "content": "1", "tool_calls": None}]},
        ]
    )


def labels():
    label = datasets.ClassLabel(names=["in", "out", "ünder"])
    features = datasets.Features(
        {"text": datasets.Value("string"), "label": label, "tags": datasets.List(label),
         "inner": {"label": label, "n": datasets.Value("int64")}}
    )
    return datasets.Dataset.from_list(
        [
            {"text": "a", "label": 2, "tags": [0, 1], "inner": {"label": 1, "n": 1}},
            {"text": "b", "label": 0, "tags": [], "inner": {"label": 0, "n": 2}},
            {"text": "c", "label": -1, "tags": [2], "inner": {"label": 2, "n": 0}},
            {"text": "d", "label": None, "tags": None, "inner": {"label": None, "n": None}},
        ],
        features=features,
    )


def types():
    utc = datetime.timezone.utc
    when = datetime.datetime(2024, 2, 29, 23, 59, 58, 123456)
    early = datetime.datetime(1969, 12, 31, 23, 59, 59, 500000)
    columns = {
        "string": pa.array(["", "ä€🙂", None], pa.string()),
        "large": pa.array(["x", None, "y"], pa.large_string()),
        "dictionary": pa.array(["a", None, "a"], pa.string()).dictionary_encode(),
        "binary": pa.array([b"\x00\xff", b"", None], pa.binary()),
        "bool": pa.array([True, False, None]),
        "int8": pa.array([-128, 127, None], pa.int8()),
        "int32": pa.array([-(2**31), 2**31 - 1, None], pa.int32()),
        "int64": pa.array([-(2**63), 2**63 - 1, None], pa.int64()),
        "uint8": pa.array([0, 255, None], pa.uint8()),
        "uint32": pa.array([0, 2**32 - 1, None], pa.uint32()),
        "uint64": pa.array([0, 2**64 - 1, None], pa.uint64()),
        "half": pa.array([0.5, -2.0, None], pa.float16()),
        "float": pa.array([0.5, -1.25, None], pa.float32()),
        "double": pa.array([0.1, 1e300, None], pa.float64()),
        "date": pa.array([datetime.date(2024, 2, 29), datetime.date(1969, 12, 31), None]),
        "seconds": pa.array([when.replace(microsecond=0), early.replace(microsecond=0), None], pa.timestamp("s")),
        "millis": pa.array([when.replace(microsecond=123000), early, None], pa.timestamp("ms")),
        "micros": pa.array([when.replace(tzinfo=utc), early.replace(tzinfo=utc), None], pa.timestamp("us", "UTC")),
        "nanos": pa.array([1709251198123456789, -1, None], pa.int64()).cast(pa.timestamp("ns")),
        "time": pa.array([datetime.time(12, 0), datetime.time(23, 59, 59, 5000), None], pa.time64("us")),
        "decimal": pa.array([decimal.Decimal("1.25"), decimal.Decimal("-99999.99"), None], pa.decimal128(7, 2)),
        "list": pa.array([[1, None], [], None], pa.list_(pa.int64())),
        "lists": pa.array([[["a"], [], None], None, [["b", None]]], pa.list_(pa.list_(pa.string()))),
        "struct": pa.array([{"a": 1, "b": [{"c": "x"}]}, {"a": None, "b": None}, None],
                           pa.struct([("a", pa.int64()), ("b", pa.list_(pa.struct([("c", pa.string())])))])),
        "map": pa.array([[("k", 1), ("l", None)], [("m", 2)], None], pa.map_(pa.string(), pa.int64())),
        "null": pa.nulls(3),
    }
    return pa.table(columns)


def many(count):
    """Rows of many pages: repeated and new texts, nested lists, numbers that grow."""
    return pa.table(
        {
            "id": pa.array(range(count), pa.int64()),
            "text": [f"question {i * 7919 % 997} of {i}" for i in range(count)],
            "label": [f"label {i % 7}" if i % 11 else None for i in range(count)],
            "score": pa.array([i / 8 for i in range(count)], pa.float64()),
            "parts": [[f"part {j}" for j in range(i % 4)] for i in range(count)],
        }
    )


def colors():
    features = datasets.Features(
        {"prompt": datasets.Value("string"), "label": datasets.ClassLabel(names=["cold", "warm"])}
    )
    names = {"red": 1, "orange": 1, "yellow": 1, "blue": 0, "cyan": 0, "navy": 0}
    return datasets.Dataset.from_list(
        [{"prompt": f"{name} {i}", "label": label} for i in range(3) for name, label in names.items()],
        features=features,
    )


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    write_dataset("chat", chat())
    write_dataset("labels", labels())
    write_dataset("colors", colors())
    write("types", types())
    write("types-int96", types().select(["millis"]), use_deprecated_int96_timestamps=True)
    write("types-decimal", types().select(["decimal"]), store_decimal_as_integer=True)
    small = many(200)
    for codec in ["none", "snappy", "gzip", "zstd", "lz4"]:
        write(f"codec-{codec}", small, "many", compression=codec, data_page_size=512, row_group_size=90)
    write("checksums", small, "many", write_page_checksum=True, compression="zstd")
    write("pages2", small, "many", data_page_version="2.0", data_page_size=1024, compression="snappy")
    write("pages2-none", small, "many", data_page_version="2.0", compression="none")
    plain_pages = {"use_dictionary": False, "compression": "snappy", "data_page_size": 1024}
    encodings = {"id": "DELTA_BINARY_PACKED", "text": "DELTA_BYTE_ARRAY", "label": "DELTA_LENGTH_BYTE_ARRAY",
                 "score": "BYTE_STREAM_SPLIT", "parts.list.element": "PLAIN"}
    write("encodings", small, "many", column_encoding=encodings, **plain_pages)
    write("plain", small, "many", **plain_pages)
    write("list-of-old", small, "many", use_compliant_nested_type=False)
    write("empty", small.slice(0, 0))
    index = pa.table({"text": ["a", "b"], "__index_level_0__": pa.array([3, 5], pa.int64())})
    pq.write_table(index, OUT / "index.parquet")
    rows("index", [{"text": "a"}, {"text": "b"}])
    pq.write_table(small.select(["id"]), OUT / "brotli.parquet", compression="brotli")
    print(f"pyarrow {pa.__version__}, datasets {datasets.__version__}", file=sys.stderr)


if __name__ == "__main__":
    main()
