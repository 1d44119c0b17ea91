namespace AeVae.Runner.Specs;

/// <summary>A text that holds part of an experiment: a file, or one override.</summary>
/// <param name="Name">As problems print it.</param>
/// <param name="Layer">0 for the file that was asked for, negative for what it extends, positive for overrides: the higher layer wins.</param>
sealed record SpecSource(string Name, int Layer);

/// <summary>Where a value stands.</summary>
readonly record struct Position(SpecSource Source, int Line, int Column)
{
    /// <summary>A problem at this position.</summary>
    public LocatedProblem Problem(string message) => new(this, message);
}

/// <summary>A problem that still knows its layer, so that all of them can be sorted.</summary>
sealed record LocatedProblem(Position At, string Message);

/// <summary>A YAML value with its position.</summary>
/// <param name="At">Its first character.</param>
/// <param name="Size">Values in it, itself included, with every alias written out.</param>
abstract record SpecNode(Position At, long Size);

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
}

/// <summary>A key, where it stands, and its value.</summary>
sealed record MapEntry(string Key, Position At, SpecNode Value);
