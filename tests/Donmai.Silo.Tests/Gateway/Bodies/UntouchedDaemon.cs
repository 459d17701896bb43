using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Donmai.Silo.Tests.Daemon;

namespace Donmai.Silo.Tests.Gateway.Bodies;

/// <summary>A whole daemon that is told much, and does not change by it.</summary>
public sealed class UntouchedDaemon : IAsyncLifetime
{
    private RunningDaemon _daemon = null!;
    private string _before = "";

    public async Task InitializeAsync()
    {
        _daemon = await RunningDaemon.Start();
        await File.WriteAllTextAsync(_daemon.Options.State.Configuration, "# mine\ncapacity:\n  maxConcurrentSessions: 2\n");
        _before = await Picture();
    }

    public async Task DisposeAsync() => await _daemon.DisposeAsync();

    /// <summary>Posts a body, one byte a character, over a connection of its own.</summary>
    internal Task<RawAnswer> Post(string path, string body, bool chunked = false)
    {
        var framing = chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {body.Length}";
        var sent = chunked ? $"{body.Length:x}\r\n{body}\r\n0\r\n\r\n" : body;
        return Raw($"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{framing}\r\n\r\n{sent}");
    }

    internal Task<RawAnswer> Raw(string request, bool halfClose = false) =>
        RawAnswer.Of(new IPEndPoint(IPAddress.Loopback, _daemon.Host.Address.Port), request, halfClose);

    internal async Task ShouldBeUntouched() => (await Picture()).ShouldBe(_before);

    /// <summary>All that a request could have changed: the state, the capacity, the sessions, the file.</summary>
    private async Task<string> Picture()
    {
        var picture = new StringBuilder();
        foreach (var path in (string[])["/api/daemon/status", "/api/daemon/capacity", "/api/daemon/sessions?state=all", "/api/daemon/workareas"])
            picture.AppendLine((await _daemon.Get(path)).Json.ToString());
        picture.AppendLine(await File.ReadAllTextAsync(_daemon.Options.State.Configuration));
        picture.AppendJoin(',', Directory.EnumerateFileSystemEntries(_daemon.Options.State.Root).Order(StringComparer.Ordinal));
        return Regex.Replace(picture.ToString(), "\"(?:timestamp|uptimeSeconds)\":[^,}]*", "", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }
}
