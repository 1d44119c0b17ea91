namespace AeVae.Runner.Specs;

/// <summary>A text that holds part of an experiment: a file, or one override.</summary>
/// <param name="Name">As problems print it.</param>
/// <param name="Layer">0 for the file that was asked for, negative for what it extends, positive for overrides: the order in which problems are told.</param>
sealed record SpecSource(string Name, int Layer)
{
    /// <summary>Which value wins: a variant stands in the same file as what it changes.</summary>
    public int Precedence { get; init; } = Layer <= 0 ? Layer : OfOverride;

    /// <summary>Above every file.</summary>
    public const int OfVariant = 1;

    /// <summary>Above every variant, below every override.</summary>
    public const int OfPoint = 2;

    /// <summary>Above everything else, whichever of the overrides it is.</summary>
    public const int OfOverride = 3;
}

/// <summary>Where a value stands.</summary>
readonly record struct Position(SpecSource Source, int Line, int Column)
{
    /// <summary>A problem at this position.</summary>
    public LocatedProblem Problem(string message) => new(this, message);

    /// <summary>The same place, for a value that is to win over others.</summary>
    public Position With(int precedence) => this with { Source = Source with { Precedence = precedence } };
}

/// <summary>A problem that still knows its layer, so that all of them can be sorted.</summary>
sealed record LocatedProblem(Position At, string Message);

/// <summary>A YAML value with its position.</summary>
/// <param name="At">Its first character.</param>
/// <param name="Size">Values in it, itself included, with every alias written out.</param>
abstract record SpecNode(Position At, long Size)
{
    /// <summary>The same value, to win over others.</summary>
    public SpecNode With(int precedence) => this switch
    {
        ListNode list => list with { At = At.With(precedence), Items = [.. list.Items.Select(item => item.With(precedence))] },
        MapNode map => map.With(precedence),
        _ => this with { At = At.With(precedence) },
    };
}

/// <summary>A scalar; its type is decided by the key that it is read for, never guessed.</summary>
sealed record ScalarNode(Position At, string Text, bool Quoted) : SpecNode(At, 1)
{
    /// <summary>True for the spellings of null in the YAML 1.2 core schema.</summary>
    public bool IsNull => !Quoted && Text is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A sequence.</summary>
sealed record ListNode(Position At, long Size, IReadOnlyList<SpecNode> Items) : SpecNode(At, Size);

/// <summary>A mapping, in the order of the text, without duplicate keys.</summary>
sealed record MapNode(Position At, long Size, IReadOnlyList<MapEntry> Entries) : SpecNode(At, Size)
{
    /// <summary>A mapping of the given entries.</summary>
    public MapNode(Position at, IReadOnlyList<MapEntry> entries) : this(at, 1 + entries.Sum(entry => entry.Value.Size), entries)
    {
    }

    /// <summary>The entry of a key, or null.</summary>
    public MapEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);

    /// <summary>The entry of a dotted key, or null.</summary>
    public MapEntry? FindPath(string path)
    {
        MapEntry? entry = null;
        SpecNode? node = this;
        foreach (string name in path.Split('.'))
        {
            entry = (node as MapNode)?.Find(name);
            node = entry?.Value;
        }
        return entry;
    }

    /// <summary>A mapping without some of the keys.</summary>
    public MapNode Without(IReadOnlyCollection<string> keys) => new(At, [.. Entries.Where(entry => !keys.Contains(entry.Key))]);

    /// <summary>A mapping that holds one value at a dotted key.</summary>
    public static MapNode Of(string path, SpecNode value) =>
        (MapNode)path.Split('.').Reverse().Aggregate(value, (node, name) => new MapNode(node.At, [new(name, node.At, node)]));

    /// <inheritdoc cref="SpecNode.With"/>
    public new MapNode With(int precedence) => this with
    {
        At = At.With(precedence),
        Entries = [.. Entries.Select(entry => entry with { At = entry.At.With(precedence), Value = entry.Value.With(precedence) })],
    };
}

/// <summary>A key, where it stands, and its value.</summary>
sealed record MapEntry(string Key, Position At, SpecNode Value);
