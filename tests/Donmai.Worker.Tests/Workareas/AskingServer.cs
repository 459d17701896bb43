using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Donmai.Worker.Tests.Workareas;

/// <summary>An HTTPS server that asks everybody who they are, and knows of no repository.</summary>
internal sealed class AskingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly X509Certificate2 _certificate = MakeCertificate();
    private readonly Task _serving;

    public AskingServer()
    {
        _listener.Start();
        _serving = Serve();
    }

    /// <summary>A repository on it.</summary>
    public string Repository => $"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/acme/shop.git";

    /// <summary>The user and password of the last who gave them.</summary>
    public string? Shown { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving;
        _listener.Dispose();
        _certificate.Dispose();
        _stopping.Dispose();
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                await using var secure = new SslStream(client.GetStream());
                await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stopping.Token);
                await Answer(secure);
            }
        }
        catch (OperationCanceledException)
        {
            // the test is over
        }
    }

    private async Task Answer(Stream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        var authorization = "";
        while (await reader.ReadLineAsync(_stopping.Token) is { Length: > 0 } line)
            if (line.StartsWith("Authorization: Basic ", StringComparison.OrdinalIgnoreCase))
                authorization = Encoding.UTF8.GetString(Convert.FromBase64String(line["Authorization: Basic ".Length..]));
        if (authorization.Length > 0)
            Shown = authorization;
        var status = authorization.Length > 0 ? "404 Not Found" : "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"git\"";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), _stopping.Token);
        await stream.FlushAsync(_stopping.Token);
    }
}
