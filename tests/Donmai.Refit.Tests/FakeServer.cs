using System.Net;
using System.Text;

namespace Donmai.Refit.Tests;

/// <summary>Answers every request with what the test says, and remembers what was asked.</summary>
internal sealed class FakeServer(HttpStatusCode status = HttpStatusCode.OK, string body = """{"id":"e1","amount":7}""") : HttpMessageHandler
{
    public string Asked { get; private set; } = "";

    public string? Sent { get; private set; }

    public string? SentType { get; private set; }

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Func<CancellationToken, Task<HttpContent>>? Answer { get; init; }

    public ILedgerApi Api(string baseAddress = "http://ledger.test") =>
        RestService.For<ILedgerApi>(
            new HttpClient(this) { BaseAddress = new Uri(baseAddress) },
            new RefitSettings(new SystemTextJsonContentSerializer(LedgerJson.Default.Options)));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked = $"{request.Method} {request.RequestUri!.AbsoluteUri}";
        foreach (var header in request.Headers)
            Headers[header.Key] = string.Join(',', header.Value);
        if (request.Content is { } content)
        {
            SentType = content.Headers.ContentType?.ToString();
            Sent = await content.ReadAsStringAsync(cancellationToken);
        }

        return new HttpResponseMessage(status)
        {
            RequestMessage = request,
            Content = Answer is null ? new StringContent(body, Encoding.UTF8, "application/json") : await Answer(cancellationToken),
        };
    }
}
