using System.Reflection;
using System.Text.RegularExpressions;

namespace AeVae.Runner.Specs;

/// <summary>What a key's value looks like in YAML.</summary>
enum KeyKind
{
    /// <summary>A mapping with keys of its own.</summary>
    Section,

    /// <summary>A mapping with a <c>type</c> key, or that type alone.</summary>
    Choice,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A finite number.</summary>
    Number,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>Any text.</summary>
    Text,

    /// <summary>One of a few words.</summary>
    Word,

    /// <summary>A number of images, or the word <c>test</c>.</summary>
    Validation,
}

/// <summary>One key of the experiment format, as its options record declares it.</summary>
sealed record SpecKey
{
    /// <summary>Dotted: <c>train.optimizer.betas</c>; empty for the whole file.</summary>
    public required string Path { get; init; }

    /// <summary>The property that holds the value; null for the whole file.</summary>
    public required PropertyInfo? Property { get; init; }

    /// <summary>The record, enum or number that one value (or one item of a list) becomes.</summary>
    public required Type Type { get; init; }

    /// <summary>Kind of the value, or of the items when <see cref="IsList"/>.</summary>
    public required KeyKind Kind { get; init; }

    /// <summary>Whether the value is a list.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether null can be written.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Whether the key must stand in the file.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The record's default.</summary>
    public object? Default { get; init; }

    /// <summary>One or two sentences for the schema and the key table.</summary>
    public required string Description { get; init; }

    /// <summary>Smallest value allowed.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>Largest value allowed; null also where only the type limits it.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>Exact number of items of a list; null for any.</summary>
    public int? Length { get; init; }

    /// <summary>What a text must match, as in JSON Schema; null for anything.</summary>
    public string? Pattern { get; init; }

    /// <summary>The words allowed, in the order of the enum or of the catalogue; empty when any text is.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Keys of a section or choice, in canonical order.</summary>
    public IReadOnlyList<SpecKey> Children { get; init; } = [];

    /// <summary>Last part of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>The child with this name, or null.</summary>
    public SpecKey? Child(string name) => Children.FirstOrDefault(child => child.Name == name);

    /// <summary>Whether a text matches <see cref="Pattern"/>.</summary>
    // In .NET, $ is also before a line break at the end; in JSON Schema it is not, and there is no \z.
    public bool Matches(string text) => Pattern is null || Regex.IsMatch(text, Pattern + @"\z");

    /// <summary>This key and all below it, in canonical order.</summary>
    public IEnumerable<SpecKey> Tree() => Children.SelectMany(child => child.Tree()).Prepend(this);

    /// <summary>What the value may be, as a noun phrase: <c>an integer from 1 to 65536</c>.</summary>
    public string Expected
    {
        get
        {
            string one = Kind switch
            {
                KeyKind.Section => $"a mapping with {string.Join(", ", Children.Select(child => child.Name))}",
                KeyKind.Choice => $"one of {string.Join(", ", Child("type")!.Words)}, or a mapping with 'type'",
                KeyKind.Integer => IsList ? "integers" : "an integer",
                KeyKind.Number => IsList ? "numbers" : "a number",
                KeyKind.Boolean => "true or false",
                KeyKind.Text => "text",
                KeyKind.Word => $"one of {string.Join(", ", Words)}",
                _ => $"an integer{Range}, or 'test'",
            };
            string list = IsList ? Length is { } length ? $"a list of {length} " : "a list of " : "";
            return list + one + (Kind is KeyKind.Integer or KeyKind.Number ? Range : "") + (IsNullable && Default is null ? ", or null" : "");
        }
    }

    /// <summary>The default as YAML; null for a section, a required key, and where another key decides.</summary>
    public string? DefaultText => this switch
    {
        { IsRequired: true } or { Kind: KeyKind.Section, IsNullable: false } or { Path: "name" } => null,
        { Path: "data.path" or "data.validation" or "model.decoder" or "train.optimizer.weight_decay" } => null,
        { Kind: KeyKind.Choice } => Child("type")!.DefaultText,
        _ => ResolvedConfig.ValueToJson(this, Default),
    };

    /// <summary>The range in words, after a space, or nothing.</summary>
    string Range => (Minimum, Maximum) switch
    {
        ({ } low, { } high) => $" from {Canonical.Number(low)} to {Canonical.Number(high)}",
        ({ } low, null) => $" of at least {Canonical.Number(low)}",
        _ => "",
    };
}
