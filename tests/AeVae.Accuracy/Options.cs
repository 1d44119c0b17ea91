using System.Globalization;

namespace AeVae.Accuracy;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    /// <summary>Functions to count; none means all.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>Count every Nth argument.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Threads to use.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Reads the arguments of the program.</summary>
    /// <exception cref="FormatException">One of them is no function and no option.</exception>
    public static Options Parse(string[] args)
    {
        Options options = new();
        for (int i = 0; i < args.Length; i++)
            options = args[i] switch
            {
                "--every" => options with { Every = Number(args, ++i) },
                "--threads" => options with { Threads = Number(args, ++i) },
                string function when Census.All.Any(census => census.Function == function) => options with { Functions = [.. options.Functions, function] },
                string unknown => throw new FormatException($"'{unknown}' is none of {string.Join(", ", Census.All.Select(census => census.Function).Distinct())}, --every N, --threads N"),
            };
        return options;
    }

    static int Number(string[] args, int index) =>
        index < args.Length && int.TryParse(args[index], CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new FormatException($"{args[index - 1]} needs a whole number above 0");
}
