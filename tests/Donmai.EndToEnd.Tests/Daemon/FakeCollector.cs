using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Donmai.EndToEnd.Tests.Daemon;

/// <summary>An OpenTelemetry collector: takes OTLP over HTTP as protobuf and reads what the tests ask for.</summary>
internal sealed class FakeCollector : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentBag<Span> _spans = [];
    private readonly ConcurrentDictionary<string, bool> _metrics = new();
    private readonly Task _serving;

    public FakeCollector()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _serving = Serve();
    }

    public string Address { get; }

    public IReadOnlyCollection<Span> Spans => _spans;

    /// <summary>Names of the metrics that arrived.</summary>
    public ICollection<string> Metrics => _metrics.Keys;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext call;
            try
            {
                call = await _listener.GetContextAsync();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new MemoryStream();
            await call.Request.InputStream.CopyToAsync(body);
            if (call.Request.Url!.AbsolutePath == "/v1/traces")
                ReadTraces(body.ToArray());
            else if (call.Request.Url.AbsolutePath == "/v1/metrics")
                ReadMetrics(body.ToArray());
            call.Response.ContentType = "application/x-protobuf";
            call.Response.Close();
        }
    }

    // opentelemetry/proto/collector/trace/v1: request 1 → resource spans { 1 → resource { 1 → attribute }, 2 → scope spans { 2 → span } }
    private void ReadTraces(byte[] request)
    {
        foreach (var resource in Messages(request, 1))
        {
            var service = Messages(resource, 1).SelectMany(static about => Messages(about, 1))
                .Where(static attribute => Text(attribute, 1) == "service.name")
                .Select(static attribute => Text(Messages(attribute, 2).Single(), 1))
                .Single();
            foreach (var span in Messages(resource, 2).SelectMany(static scope => Messages(scope, 2)))
                _spans.Add(new Span(service, Hex(span, 1), Hex(span, 2), Hex(span, 4), Text(span, 5)));
        }
    }

    // opentelemetry/proto/collector/metrics/v1: request 1 → resource metrics { 2 → scope metrics { 2 → metric { 1 → name } } }
    private void ReadMetrics(byte[] request)
    {
        foreach (var metric in Messages(request, 1).SelectMany(static resource => Messages(resource, 2)).SelectMany(static scope => Messages(scope, 2)))
            _metrics[Text(metric, 1)] = true;
    }

    private static string Text(byte[] message, int field) => Encoding.UTF8.GetString(Messages(message, field).FirstOrDefault([]));

    private static string Hex(byte[] message, int field) => Convert.ToHexStringLower(Messages(message, field).FirstOrDefault([]));

    /// <summary>The length-delimited values of a field.</summary>
    private static List<byte[]> Messages(byte[] message, int field)
    {
        var found = new List<byte[]>();
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            switch (key & 7)
            {
                case 0:
                    Varint(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    if ((int)(key >> 3) == field)
                        found.Add(message[at..(at + length)]);
                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException("no protobuf");
            }
        }

        return found;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
