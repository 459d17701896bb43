using System.Text.Json.Nodes;

namespace Donmai.Core.Daemon.Yaml;

/// <summary>Where a path leads in a text: to an entry, or as far as there is something.</summary>
internal sealed class YamlPlace
{
    private readonly YamlPath _path;
    private int _found;

    /// <summary>Follows a path.</summary>
    /// <exception cref="ConfigurationEditException">It leads through something that cannot be changed in place.</exception>
    public YamlPlace(YamlPath path, YamlMapping? root)
    {
        _path = path;
        Mapping = root;
        YamlValue? current = root;
        while (_found < path.Steps.Count && current is not null)
            current = path.Steps[_found] is int index ? Item(current, index) : Key(current, (string)path.Steps[_found]);
    }

    /// <summary>The mapping that holds the entry, or would; <see langword="null"/> when the text is empty.</summary>
    public YamlMapping? Mapping { get; private set; }

    /// <summary>The last entry on the way; <see langword="null"/> when the last mapping does not have the key.</summary>
    public YamlEntry? Entry { get; private set; }

    /// <summary>Whether the path leads to <see cref="Entry"/>, and not beyond it.</summary>
    public bool IsWhole => _found == _path.Steps.Count && _path.Steps[^1] is string;

    /// <summary>Why nothing can be made where the path leads; <see langword="null"/> when something can.</summary>
    public string? Obstacle { get; private set; }

    /// <summary>The key that the mapping does not have.</summary>
    public string Missing => _path.Steps[_found] as string
        ?? throw new ConfigurationEditException($"{_path.Text(_found)} has no item {_path.Steps[_found]}");

    /// <summary>The value, within what is missing on the way to it.</summary>
    public JsonNode Wrapped(JsonNode value)
    {
        var wrapped = value.DeepClone();
        for (var i = _path.Steps.Count - 1; i >= (Entry is null ? _found + 1 : _found); i--)
            wrapped = new JsonObject
            {
                [_path.Steps[i] as string ?? throw new ConfigurationEditException($"{_path.Text(i)} is no list with an item {_path.Steps[i]}")] = wrapped,
            };
        return wrapped;
    }

    private YamlValue? Key(YamlValue current, string key)
    {
        switch (current)
        {
            case YamlMapping mapping when _found == 0 || mapping.Entries.Count > 0:
                (Mapping, Entry) = (mapping, mapping.Own(key));
                if (Entry is null && _found + 1 < _path.Steps.Count && mapping.Find(key) is not null)
                    throw new ConfigurationEditException($"{_path.Text(_found + 1)} is merged from another part of the file; change it with an editor");
                _found += Entry is null ? 0 : 1;
                return Entry?.Value;
            case YamlMapping or YamlScalar { IsNull: true }:
                return null;
            case YamlAlias:
                throw new ConfigurationEditException($"{_path.Text(_found)} is an alias of another part of the file; change it with an editor");
            default:
                Obstacle = $"{_path.Text(_found)} is not a mapping, so {_path.Text(_path.Steps.Count)} cannot be in it";
                return null;
        }
    }

    private YamlValue Item(YamlValue current, int index)
    {
        if (current is not YamlSequence list || index >= list.Items.Count)
            throw new ConfigurationEditException($"{_path.Text(_found)} has no item {index}");
        _found++;
        return list.Items[index];
    }
}
