using System.Globalization;

namespace Donmai.Core.Daemon.Yaml;

/// <summary>What a YAML text says, without how: every single value by its full key. Two texts that say the same have the same leaves.</summary>
internal static class YamlLeaves
{
    /// <summary>The leaves; values that are nothing (<c>null</c>, an empty list or mapping) are none.</summary>
    public static SortedDictionary<string, string> Of(YamlValue? root)
    {
        var leaves = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (root is not null)
            Add(leaves, "", root.Resolved);
        return leaves;
    }

    private static void Add(SortedDictionary<string, string> leaves, string path, YamlValue value)
    {
        switch (value)
        {
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                    Add(leaves, path.Length == 0 ? entry.Key.Text : $"{path}.{entry.Key.Text}", entry.Value.Resolved);
                break;
            case YamlSequence sequence:
                for (var i = 0; i < sequence.Items.Count; i++)
                    Add(leaves, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), sequence.Items[i].Resolved);
                break;
            case YamlScalar { IsNull: false } scalar:
                leaves[path] = scalar.Text;
                break;
        }
    }
}
