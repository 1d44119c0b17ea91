using System.Globalization;

namespace AeVae.Tests.Nc1;

/// <summary>This assembly as a program: says what it runs on, then prints the reference run. The tests start it under other settings, on other CPUs and beside a busy neighbour.</summary>
static class ReferenceProgram
{
    static void Main(string[] arguments)
    {
        Console.Write($"{Machine.Here}\n");
        Console.Write(ReferenceRun.Describe(arguments is [var threads] ? int.Parse(threads, CultureInfo.InvariantCulture) : 1));
    }
}
