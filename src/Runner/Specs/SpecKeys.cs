using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using AeVae.Data;
using AeVae.Data.Catalogue;

namespace AeVae.Runner.Specs;

/// <summary>
/// The experiment format, read once from the options records: names, types, ranges, defaults and descriptions stand there and nowhere else.
/// The reader, the resolved configuration, the JSON Schema and the key table all follow this tree.
/// </summary>
static class SpecKeys
{
    const string Dataset = "data.dataset";   // its words are the catalogue's names

    static readonly NullabilityInfoContext Nullability = new();

    /// <summary>The whole file.</summary>
    public static SpecKey Root { get; } = Section("", typeof(ExperimentSpec));

    /// <summary>Every key, sections included, in canonical order.</summary>
    public static IReadOnlyList<SpecKey> All { get; } = [.. Root.Tree().Skip(1)];

    /// <summary>The key with this dotted path.</summary>
    public static SpecKey Get(string path) => Find(path) ?? throw new ArgumentException($"no key '{path}'", nameof(path));

    /// <summary>The key with this dotted path, or null.</summary>
    public static SpecKey? Find(string path) => All.FirstOrDefault(key => key.Path == path);

    /// <summary>The value of a key in an experiment; null also where the section above it is.</summary>
    public static object? ValueIn(ExperimentSpec spec, SpecKey key) => SectionOf(spec, key) is { } section ? key.Property!.GetValue(section) : null;

    /// <summary>The options record that holds a key; null where it or one above it is null.</summary>
    public static object? SectionOf(ExperimentSpec spec, SpecKey key)
    {
        object? section = spec;
        string[] names = key.Path.Split('.');
        for (int i = 1; i < names.Length && section is not null; i++)
            section = Get(string.Join('.', names[..i])).Property!.GetValue(section);
        return section;
    }

    /// <summary>The keys of another mapping of the format, with those below them.</summary>
    public static SpecKey Section(string path, Type record) => new()
    {
        Path = path,
        Property = null,
        Type = record,
        Kind = KeyKind.Section,
        Description = DescriptionOf(record)!,
        Children = Children(path, record),
    };

    static SpecKey[] Children(string path, Type record)
    {
        object defaults = Activator.CreateInstance(record)!;
        return [.. record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .Select(property => Key(path, property, property.GetValue(defaults)))];
    }

    static SpecKey Key(string parent, PropertyInfo property, object? defaultValue)
    {
        string path = parent.Length == 0 ? Canonical.Name(property.Name) : $"{parent}.{Canonical.Name(property.Name)}";
        bool isList = property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
        Type type = isList ? property.PropertyType.GetGenericArguments()[0] : Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var children = IsRecord(type) ? Children(path, type) : [];
        var range = property.GetCustomAttribute<RangeAttribute>();
        return new()
        {
            Path = path,
            Property = property,
            Type = type,
            Kind = KindOf(path, type, children),
            IsList = isList,
            IsNullable = Nullability.Create(property).WriteState == NullabilityState.Nullable,
            IsRequired = property.IsDefined(typeof(RequiredAttribute)),
            Default = defaultValue,
            Description = DescriptionOf(property) ?? DescriptionOf(type) ?? throw new InvalidOperationException($"{path} has no [Description]"),
            Minimum = type == typeof(ulong) ? 0 : Bound(range?.Minimum),
            Maximum = type == typeof(ulong) ? ulong.MaxValue : Bound(range?.Maximum),
            Length = property.GetCustomAttribute<LengthAttribute>()?.MaximumLength,
            Pattern = property.GetCustomAttribute<RegularExpressionAttribute>()?.Pattern,
            Words = WordsOf(path, type),
            Children = children,
        };
    }

    static KeyKind KindOf(string path, Type type, SpecKey[] children)
    {
        if (type.IsEnum || path == Dataset)
            return KeyKind.Word;
        if (type == typeof(ValidationSource))
            return KeyKind.Validation;
        if (children.Length > 0)
            return path.Contains('.') && children.Any(child => child is { Name: "type", Kind: KeyKind.Word }) ? KeyKind.Choice : KeyKind.Section;
        if (type == typeof(int) || type == typeof(ulong))
            return KeyKind.Integer;
        if (type == typeof(double))
            return KeyKind.Number;
        if (type == typeof(bool))
            return KeyKind.Boolean;
        return type == typeof(string) ? KeyKind.Text : throw new NotSupportedException($"a key of type {type}");
    }

    static string[] WordsOf(string path, Type type)
    {
        if (path == Dataset)
            return [.. DatasetCatalogue.All.Select(dataset => dataset.Name)];
        return type.IsEnum ? [.. Enum.GetValues(type).Cast<object>().Select(Canonical.Word)] : [];
    }

    static bool IsRecord(Type type) => type.IsClass && type != typeof(string);

    static string? DescriptionOf(MemberInfo member) => member.GetCustomAttribute<DescriptionAttribute>()?.Description;

    // int.MaxValue stands for "no limit but the type's".
    static decimal? Bound(object? bound) => bound is null or int.MaxValue ? null : Convert.ToDecimal(bound, CultureInfo.InvariantCulture);
}
