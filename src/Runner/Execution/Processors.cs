using System.Globalization;

namespace AeVae.Runner.Execution;

/// <summary>How many threads pay off.</summary>
static class Processors
{
    /// <summary>Physical cores that this process may use: two threads of one core share the unit that multiplies.</summary>
    public static int PhysicalCores { get; } = CountPhysicalCores();

    static int CountPhysicalCores()
    {
        // ProcessorCount respects affinity and the limits of a container.
        int available = Environment.ProcessorCount;
        const string folder = "/sys/devices/system/cpu";
        if (!Directory.Exists(folder))
            return available;
        HashSet<string> cores = [];
        foreach (int cpu in Allowed())
        {
            string siblings = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"cpu{cpu}"), "topology", "thread_siblings_list");
            if (File.Exists(siblings))
                cores.Add(File.ReadAllText(siblings).Trim());
        }

        return cores.Count == 0 ? available : Math.Min(available, cores.Count);
    }

    static IEnumerable<int> Allowed()
    {
        const string label = "Cpus_allowed_list:";
        string? line = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(label, StringComparison.Ordinal)) : null;
        return line is null ? [] : Numbers(line[label.Length..]);
    }

    /// <summary>The numbers of a list as Linux writes it: <c>0-3,8</c>.</summary>
    internal static IEnumerable<int> Numbers(string list) =>
        from range in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        let ends = range.Split('-')
        let first = int.Parse(ends[0], CultureInfo.InvariantCulture)
        from number in Enumerable.Range(first, int.Parse(ends[^1], CultureInfo.InvariantCulture) - first + 1)
        select number;
}
