using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Donmai.FakePlatform;

/// <summary>A certificate that its own key has signed, for a host that is not this one.</summary>
internal static class StrangeCertificate
{
    public static X509Certificate2 Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=elsewhere.invalid", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
