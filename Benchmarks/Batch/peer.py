"""What a plain asyncio program pays for an SMTP login and an IMAP login of each account, with aiosmtplib and aioimaplib.

It knows the servers, looks nothing up, and reports nothing.
"""
import asyncio
import csv
import os
import ssl
import sys

import aioimaplib
import aiosmtplib

HOST = "mail.hoster.test"


async def smtp(user, password, context):
    client = aiosmtplib.SMTP(hostname=HOST, port=587, start_tls=True, tls_context=context, timeout=60)
    await client.connect()
    try:
        await client.login(user, password)
        return True
    except aiosmtplib.SMTPAuthenticationError:
        return False
    finally:
        client.close()


async def imap(user, password, context):
    client = aioimaplib.IMAP4_SSL(host=HOST, port=993, ssl_context=context, timeout=60)
    await client.wait_hello_from_server()
    answer = await client.login(user, password)
    await client.logout()
    return answer.result == "OK"


async def account(row, context, gate, results):
    async with gate:
        user, password = row["email_address"], row["smtp_password"]
        results.append(
            await asyncio.gather(smtp(user, password, context), imap(user, password, context), return_exceptions=True)
        )


async def main():
    with open(sys.argv[1], newline="") as file:
        rows = list(csv.DictReader(file))
    context = ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE"))
    gate = asyncio.Semaphore(int(sys.argv[2]))
    results = []
    await asyncio.gather(*(account(row, context, gate, results) for row in rows))
    print(sum(result == [True, True] for result in results), "ready of", len(results))


asyncio.run(main())
