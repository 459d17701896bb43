using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Donmai.Core.Daemon;
using Donmai.Daemon;

namespace Donmai.Cli.Daemon;

/// <summary>
/// Asks the daemon of this user for its status with one request on a plain socket, because a status line is asked for often, and loading an HTTP
/// client takes longer than the daemon's answer. Whatever is not exactly as expected is left to the client, which also has the words for it.
/// </summary>
internal static class QuickStatus
{
    private const int LargestAnswer = 64 * 1024;
    private const int UsualPort = 7734;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private static ReadOnlySpan<byte> Request => "GET /api/daemon/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8;

    private static ReadOnlySpan<byte> Accepted => "HTTP/1.1 200 "u8;

    private static ReadOnlySpan<byte> EndOfHeaders => "\r\n\r\n"u8;

    /// <summary>The answer of the daemon that holds the user's state directory, else of the one at the usual address.</summary>
    /// <returns>The answer; <see langword="null"/> when the client has to ask.</returns>
    public static QuickStatusAnswer? Ask()
    {
        try
        {
            var state = DaemonSetup.StateOf(stateDirectory: null);
            var isOwn = File.Exists(state.Socket);
            if (!isOwn && RunningDaemon.IsStateDirectoryChosen)
                return null;
            var json = Ask(isOwn ? new UnixDomainSocketEndPoint(state.Socket) : new IPEndPoint(IPAddress.Loopback, UsualPort));
            return json is null ? null : new QuickStatusAnswer(isOwn ? "unix://" + state.Socket : $"http://127.0.0.1:{UsualPort}", json, Read(json));
        }
        catch (Exception problem) when (problem is SocketException or IOException or ArgumentException or JsonException or StateDirectoryException)
        {
            return null;
        }
    }

    // By hand: a serializer, or a document, is ready only after longer than all of this takes.
    private static DaemonStatus Read(byte[] json)
    {
        var values = Values(json);
        return new DaemonStatus
        {
            Status = Text("status"),
            Version = Text("version"),
            MachineId = Text("machineId"),
            Pid = (int)Number("pid"),
            UptimeSeconds = Number("uptimeSeconds"),
            ActiveSessions = (int)Number("activeSessions"),
            MaxSessions = (int)Number("maxSessions"),
            ProjectsAllowed = (int)Number("projectsAllowed"),
            Engine = Text("engine"),
            Registration = Text("registration"),
        };

        string Text(string name) => values.GetValueOrDefault(name, "");

        long Number(string name) => long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    /// <summary>Texts and numbers of an object.</summary>
    private static Dictionary<string, string> Values(ReadOnlySpan<byte> json)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("The status is not an object.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
                values[name] = reader.GetString()!;
            else if (reader.TokenType == JsonTokenType.Number)
                values[name] = Encoding.ASCII.GetString(reader.ValueSpan);
            else
                reader.Skip();
        }

        return values;
    }

    private static byte[]? Ask(EndPoint place)
    {
        var isTcp = place is IPEndPoint;
        using var socket = new Socket(place.AddressFamily, SocketType.Stream, isTcp ? ProtocolType.Tcp : ProtocolType.Unspecified);
        socket.Connect(place);
        socket.Send(Request);
        var buffer = new byte[LargestAnswer];
        var length = 0;
        int count;
        // A time-out of the socket itself would start a thread for it.
        while (length < buffer.Length && socket.Poll(Timeout, SelectMode.SelectRead)
            && (count = socket.Receive(buffer, length, buffer.Length - length, SocketFlags.None)) > 0)
            length += count;
        return Body(buffer.AsSpan(0, length));
    }

    private static byte[]? Body(ReadOnlySpan<byte> answer)
    {
        if (!answer.StartsWith(Accepted) || answer.IndexOf(EndOfHeaders) is not (>= 0 and var end))
            return null;
        // With a length the body stands there as it is.
        return Encoding.ASCII.GetString(answer[..end]).Contains("content-length:", StringComparison.OrdinalIgnoreCase)
            ? answer[(end + EndOfHeaders.Length)..].TrimEnd((byte)'\n').ToArray()
            : null;
    }
}
