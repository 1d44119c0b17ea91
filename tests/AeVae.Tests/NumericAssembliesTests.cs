using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using AeVae.Compute;
using AeVae.Data;
using AeVae.Models;

namespace AeVae.Tests;

/// <summary>NC-1 C5: results must not depend on a mathematics library, a vector's own order of summation, or an estimate.</summary>
public class NumericAssembliesTests
{
    // Exact, or correctly rounded, on every machine.
    static readonly HashSet<string> Exact = ["Abs", "BitIncrement", "Ceiling", "Clamp", "DivRem", "Floor", "Max", "Min", "Sqrt"];
    static readonly string[] Approximate = ["Acos", "Asin", "Atan", "Cbrt", "Cos", "Dot", "Exp", "Hypot", "Log", "Pow", "RootN", "Sigmoid", "Sin", "SoftMax", "Sum", "Tan"];
    static readonly HashSet<string> Numbers = ["System.Double", "System.Single", "System.Half"];

    public static TheoryData<Type> Assemblies => new(typeof(Matrix), typeof(ImageSet), typeof(Trainer));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void NothingIsCalledWhoseBitsAnotherMachineMayChange(Type inside) => Assert.DoesNotContain(Calls(inside), IsInexact);

    [Fact]
    public void TheCheckSeesWhatItLooksFor()
    {
        Assert.Contains("System.Math.Sqrt", Calls(typeof(Trainer)));
        // The tests themselves compare with the instruction.
        Assert.Contains(Calls(typeof(NumericAssembliesTests)), name => name == "System.MathF.FusedMultiplyAdd" && IsInexact(name));
        Assert.All(["System.Double.Exp", "System.Random.NextDouble", "System.Numerics.Tensors.TensorPrimitives.Add", "System.Runtime.Intrinsics.Vector256.Sum", "System.Runtime.Intrinsics.X86.Sse.ReciprocalSqrtScalar", "System.Runtime.Intrinsics.Vector128.MultiplyAddEstimate", "System.Numerics.Vector.Log2"], name => Assert.True(IsInexact(name), name));
    }

    static bool IsInexact(string member)
    {
        (string type, string name) = (member[..member.LastIndexOf('.')], member[(member.LastIndexOf('.') + 1)..]);
        return type switch
        {
            "System.Math" or "System.MathF" => !Exact.Contains(name),
            "System.Random" => true,
            _ when type.StartsWith("System.Numerics.Tensors.", StringComparison.Ordinal) => true,
            _ when Numbers.Contains(type) || IsVector(type) => Approximate.Any(name.StartsWith) || name.Contains("Reciprocal", StringComparison.Ordinal) || name.EndsWith("Estimate", StringComparison.Ordinal) || name.EndsWith("Native", StringComparison.Ordinal),
            _ => false,
        };
    }

    static bool IsVector(string type) => type.StartsWith("System.Runtime.Intrinsics.", StringComparison.Ordinal) || type.StartsWith("System.Numerics.", StringComparison.Ordinal);

    /// <summary>Every member of another assembly that the assembly of a type refers to, as Namespace.Type.Member.</summary>
    static List<string> Calls(Type inside)
    {
        using var file = new PEReader(File.OpenRead(inside.Assembly.Location));
        MetadataReader reader = file.GetMetadataReader();
        return [.. reader.MemberReferences.Select(reader.GetMemberReference).Select(member => $"{Parent(reader, member.Parent)}.{reader.GetString(member.Name)}").Distinct()];
    }

    static string Parent(MetadataReader reader, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeReference => FullName(reader, (TypeReferenceHandle)handle),
        HandleKind.TypeSpecification => GenericType(reader, reader.GetTypeSpecification((TypeSpecificationHandle)handle)),
        _ => "",
    };

    static string FullName(MetadataReader reader, TypeReferenceHandle handle)
    {
        TypeReference type = reader.GetTypeReference(handle);
        return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
    }

    /// <summary>The type before its arguments; empty for one of this assembly, and for arrays and type parameters.</summary>
    static string GenericType(MetadataReader reader, TypeSpecification specification)
    {
        BlobReader signature = reader.GetBlobReader(specification.Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance) return "";
        _ = signature.ReadCompressedInteger();   // class or value type
        EntityHandle type = signature.ReadTypeHandle();
        return type.Kind == HandleKind.TypeReference ? FullName(reader, (TypeReferenceHandle)type) : "";
    }
}
