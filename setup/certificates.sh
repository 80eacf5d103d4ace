# Lets uv and pip trust what this machine trusts; read by the other scripts (`. setup/certificates.sh`).
# The network of a school reads TLS with a certificate of its own, which the lists that uv and pip bring along don't know.
# Older uv know the first name, newer ones the second.
export UV_NATIVE_TLS="${UV_NATIVE_TLS:-true}" UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}"
# pip asks the system by itself from 24.2 on. Older ones take a file: Debian's and Ubuntu's, then Fedora's.
for certificates in "${SSL_CERT_FILE:-}" /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt; do
    if [ -z "${PIP_CERT:-}" ] && [ -n "$certificates" ] && [ -r "$certificates" ]; then
        export PIP_CERT="$certificates"
    fi
done
