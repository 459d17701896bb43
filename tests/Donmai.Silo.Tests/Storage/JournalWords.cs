using System.Text;
using Donmai.Silo.Storage;

namespace Donmai.Silo.Tests.Storage;

/// <summary>Texts as values of a journal.</summary>
internal static class JournalWords
{
    public static Task<long> Write(this Journal journal, JournalKey key, string text, long expected) =>
        journal.WriteAsync(
            key,
            expected,
            output =>
            {
                var length = Encoding.UTF8.GetBytes(text, output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length)));
                output.Advance(length);
            });

    public static async Task<string?> Text(this Journal journal, JournalKey key) =>
        (await journal.ReadAsync(key, bytes => Encoding.UTF8.GetString(bytes.Span), CancellationToken.None))?.Value;

    public static async Task<Dictionary<JournalKey, string>> Texts(this Journal journal, params IEnumerable<JournalKey> keys)
    {
        var texts = new Dictionary<JournalKey, string>();
        foreach (var key in keys)
        {
            if (await journal.Text(key) is { } text)
                texts.Add(key, text);
        }

        return texts;
    }
}
