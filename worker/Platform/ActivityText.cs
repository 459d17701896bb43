using System.Globalization;
using System.Text;

namespace Donmai.Worker.Platform;

/// <summary>Texts made fit for an activity: counted in UTF-8 bytes, cut between what a reader sees as characters (platform-api.md §10.2).</summary>
internal static class ActivityText
{
    private const string Ellipsis = "...";

    /// <summary>A text of at most <paramref name="limit"/> bytes; what was longer ends in three dots.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limit">Most bytes in UTF-8; at least 3.</param>
    public static string Truncate(string text, int limit)
    {
        if (text.Length <= limit && Encoding.UTF8.GetByteCount(text) <= limit)
            return text;
        return string.Concat(text.AsSpan(0, CharactersWithin(text, limit - Ellipsis.Length)), Ellipsis);
    }

    /// <summary>At most the first <paramref name="limit"/> characters of a text, never half of a surrogate pair.</summary>
    public static string Head(string text, int limit) => text.Length <= limit ? text : text[..HeadLength(text, limit)];

    /// <summary>The text without white space at its ends, as far as that can be told from its first <paramref name="limit"/> characters.</summary>
    public static string TrimmedHead(string text, int limit)
    {
        var head = text.AsSpan(0, text.Length <= limit ? text.Length : HeadLength(text, limit)).Trim();
        return head.Length == text.Length ? text : head.ToString();
    }

    /// <summary>The text on one line: runs of space, tab, CR and LF become one space, the ends are trimmed.</summary>
    public static string Collapse(string text)
    {
        var line = new StringBuilder(text.Length);
        var isBlank = true;
        foreach (var character in text)
        {
            if (character is ' ' or '\t' or '\r' or '\n')
            {
                if (!isBlank)
                    line.Append(' ');
                isBlank = true;
                continue;
            }

            line.Append(character);
            isBlank = false;
        }

        return isBlank && line.Length > 0 ? line.ToString(0, line.Length - 1) : line.ToString();
    }

    private static int HeadLength(string text, int limit) => char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit;

    private static int CharactersWithin(string text, int limit)
    {
        var (length, bytes) = (0, 0);
        while (length < text.Length)
        {
            var element = ElementLength(text, length);
            bytes += Encoding.UTF8.GetByteCount(text.AsSpan(length, element));
            if (bytes > limit)
                break;
            length += element;
        }

        return length;
    }

    // Two plain letters in a row are two elements: most text needs no table.
    private static int ElementLength(string text, int start) =>
        text[start] is >= ' ' and < '\x7f' && (start + 1 == text.Length || text[start + 1] < '\x7f')
            ? 1
            : StringInfo.GetNextTextElementLength(text, start);
}
