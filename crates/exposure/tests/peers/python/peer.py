"""What other programs make of our files. One command a line of `COMMANDS`; answers are JSON on standard output."""

import base64
import json
import struct
import sys
import zipfile
from pathlib import Path

HEADER = b"EK Export v1    "


def generated(name):
    """The module that protoc generates from a file beside this one, into a folder of the caller's."""
    from grpc_tools import protoc

    here, made = Path(__file__).parent, Path(sys.argv[2])
    if protoc.main(["protoc", f"-I{here}", f"--python_out={made}", str(here / f"{name}.proto")]) != 0:
        raise SystemExit("protoc failed")
    sys.path.insert(0, str(made))
    return __import__(f"{name}_pb2")


def identifiers(_, *keys):
    """Derived keys, identifiers and covered metadata of each key in `hex:interval`, by the reference in Python."""
    from exponot import exponot

    answer = []
    for text in keys:
        digits, start = text.split(":")
        key, start = bytes.fromhex(digits), int(start)
        answer.append({
            "identifier_key": exponot.rolling_proximity_identifier_key(key).hex(),
            "metadata_key": exponot.associated_encrypted_metadata_key(key).hex(),
            "identifiers": [exponot.rolling_proximity_identifier(start + i, key).hex() for i in range(144)],
            "metadata": [
                exponot.associated_encrypted_metadata(start + i, key, bytes.fromhex("40080000")).hex()
                for i in range(144)
            ],
        })
    return answer


def read_export(_, path, public_key):
    """All that a zip holds, read by what protoc generated; the signature checked by another library."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    pb = generated("export")
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        content, signatures = archive.read("export.bin"), archive.read("export.sig")
    assert content.startswith(HEADER), "no header"
    export, listed = pb.Export(), pb.SignatureList()
    export.ParseFromString(content[len(HEADER):])
    listed.ParseFromString(signatures)
    key = serialization.load_pem_public_key(Path(public_key).read_bytes())
    for one in listed.signatures:
        key.verify(one.signature, content, ec.ECDSA(hashes.SHA256()))
        assert one.signature_info == export.signature_infos[0], "named otherwise"
        assert (one.batch_num, one.batch_size) == (export.batch_num, export.batch_size), "numbered otherwise"

    def shown(one):
        return {
            "key": one.key_data.hex(),
            "risk": one.transmission_risk_level if one.HasField("transmission_risk_level") else None,
            "start": one.rolling_start_interval_number,
            "period": one.rolling_period,
            "report_type": one.report_type if one.HasField("report_type") else None,
            "onset": one.days_since_onset_of_symptoms if one.HasField("days_since_onset_of_symptoms") else None,
        }

    return {
        "names": names,
        "window": [export.start_timestamp, export.end_timestamp],
        "region": export.region,
        "chunk": [export.batch_num, export.batch_size],
        "signatures": len(listed.signatures),
        "keys": [shown(one) for one in export.keys],
        "revised_keys": [shown(one) for one in export.revised_keys],
    }


def write_export(_, path, public_key):
    """A zip with three keys and one revised, made and signed without any of our code."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    pb = generated("export")
    info = pb.SignatureInfo(
        verification_key_version="v7", verification_key_id="242", signature_algorithm="1.2.840.10045.4.3.2"
    )
    export = pb.Export(
        start_timestamp=1795248000, end_timestamp=1795262400, region="NO", batch_num=1, batch_size=1,
        signature_infos=[info],
    )
    for i in range(3):
        key = export.keys.add(key_data=bytes([i] * 16), rolling_start_interval_number=2993184)
        key.report_type = pb.Key.CONFIRMED_TEST
        key.days_since_onset_of_symptoms = i - 14
    export.revised_keys.add(
        key_data=bytes([9] * 16), rolling_start_interval_number=2993040, rolling_period=100,
        report_type=pb.Key.REVOKED,
    )
    content = HEADER + export.SerializeToString()
    private = ec.generate_private_key(ec.SECP256R1())
    signed = pb.Signature(
        signature_info=info, batch_num=1, batch_size=1, signature=private.sign(content, ec.ECDSA(hashes.SHA256()))
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("export.bin", content)
        archive.writestr("export.sig", pb.SignatureList(signatures=[signed]).SerializeToString())
    Path(public_key).write_bytes(private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ))
    return {}


def canonical(_, path):
    """The text that is signed for a batch, written a second time from the specification."""
    batch = generated("batch").Batch()
    batch.ParseFromString(Path(path).read_bytes())

    def text(key):
        fields = [
            key.key_data,
            struct.pack(">I", key.rolling_start_interval_number),
            struct.pack(">I", key.rolling_period),
            struct.pack(">i", key.transmission_risk_level),
            ",".join(key.visited_countries).encode("ascii", "replace"),
            key.origin.encode("ascii", "replace"),
            struct.pack(">i", key.report_type),
            struct.pack(">i", key.days_since_onset_of_symptoms),
        ]
        return b"".join(base64.b64encode(field) + b"." for field in fields)

    return b"".join(sorted(map(text, batch.keys), key=base64.b64encode)).decode("ascii")


COMMANDS = {
    "identifiers": identifiers,
    "read-export": read_export,
    "write-export": write_export,
    "canonical": canonical,
}

if __name__ == "__main__":
    json.dump(COMMANDS[sys.argv[1]](*sys.argv[2:]), sys.stdout)
