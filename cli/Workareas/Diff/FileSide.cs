using System.Text;

namespace Donmai.Cli.Workareas.Diff;

/// <summary>A file or a link on one side of a difference, as git would keep it.</summary>
internal sealed record FileSide
{
    /// <summary>Bytes in front that are looked through for what no text has, as git does.</summary>
    private const int Looked = 8000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Kind and permissions in octal, e.g. <c>100644</c>, <c>120000</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>Bytes of the content.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of a file, the target of a link: what tells one content from another.</summary>
    public required string Identity { get; init; }

    /// <summary>Lines with their line feeds; <see langword="null"/> when it is no text.</summary>
    public required string[]? Lines { get; init; }

    /// <summary>Whether it is a symbolic link.</summary>
    public bool IsLink => Mode == GitMode.Link;

    /// <summary>A text in lines, the last of them perhaps without a line feed; <see langword="null"/> when it is no text.</summary>
    public static string[]? LinesOf(ReadOnlySpan<byte> content)
    {
        if (content[..Math.Min(content.Length, Looked)].Contains((byte)0))
            return null;
        try
        {
            return LinesOf(Strict.GetString(content));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>A text in lines.</summary>
    public static string[] LinesOf(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is var feed and >= 0 ? feed + 1 : text.Length;
            lines.Add(text[start..end]);
            start = end;
        }

        return [.. lines];
    }
}
