using Donmai.Cli.Rendering;
using Donmai.Workareas;

namespace Donmai.Cli.Workareas.Diff;

/// <summary>Differences as a tree of directories.</summary>
internal sealed class DifferenceTree
{
    private readonly Node _root = new("");

    /// <summary>Adds a path.</summary>
    public void Add(WorkareaDifference difference)
    {
        var node = _root;
        foreach (var name in difference.Path.Split('/'))
            node = node.Child(name);
        node.Difference = difference;
    }

    /// <summary>The lines, top to bottom.</summary>
    public IEnumerable<Line> Lines()
    {
        // A stack of its own: paths can be deeper than that of the program.
        var rest = new Stack<(Node Node, string Before, bool IsLast)>();
        Push(_root, "");
        while (rest.TryPop(out var next))
        {
            yield return Row(next.Node, next.Before + (next.IsLast ? "└── " : "├── "));
            Push(next.Node, next.Before + (next.IsLast ? "    " : "│   "));
        }

        void Push(Node parent, string before)
        {
            for (var i = parent.Children.Count - 1; i >= 0; i--)
                rest.Push((parent.Children[i], before, i == parent.Children.Count - 1));
        }
    }

    private static Line Row(Node node, string before)
    {
        var branch = new Span(before, Tone.Quiet);
        var name = PathText.Of(node.Name) + (node.Children.Count > 0 || (node.Difference is { } one && DifferenceText.IsDirectory(one)) ? "/" : "");
        return new Line
        {
            Spans = node.Difference is { } difference ? [branch, .. DifferenceText.Marked(difference, name)] : [branch, new Span(name, Tone.Quiet)],
            Unbroken = true,
        };
    }

    private sealed class Node(string name)
    {
        private readonly Dictionary<string, Node> _byName = new(StringComparer.Ordinal);

        public string Name => name;

        public List<Node> Children { get; } = [];

        public WorkareaDifference? Difference { get; set; }

        public Node Child(string childName)
        {
            if (_byName.TryGetValue(childName, out var known))
                return known;
            var child = new Node(childName);
            _byName.Add(childName, child);
            Children.Add(child);
            return child;
        }
    }
}
