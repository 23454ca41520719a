/// The stable identity of a diagnostic: `CASA` and four digits, and a kebab-case name; neither is ever reused.
///
/// 1xxx syntax · 2xxx meaning · 3xxx lints · 4xxx target · 5xxx verification · 6xxx machine · 9xxx a bug in CASA.
/// Every code has a page `spec/diagnostics/CASAnnnn.md`.
package enum DiagnosticCode: Int, Hashable, Sendable, CaseIterable {
    case unknownKey = 1001
    case wrongType = 1002
    case missingKey = 1003
    case duplicateKey = 1004
    case invalidYAML = 1005
    case tabIndentation = 1006
    case lostIndentation = 1007
    case inputTooLarge = 1008
    case nestedTooDeep = 1009
    case aliasBomb = 1010
    case notUTF8 = 1011
    case unknownKind = 1012
    case unsupportedVersion = 1013
    case skippedDocument = 1014
    case noDocuments = 1015
    case unrenderedTemplate = 1016

    case invalidName = 2001
    case invalidPort = 2002
    case invalidHost = 2003
    case unknownValue = 2004
    case invalidDomainName = 2005
    case invalidCIDR = 2006
    case wildcardName = 2007
    case duplicateResource = 2008
    case duplicateApplication = 2009
    case unknownEndpoint = 2010
    case ambiguousEndpoint = 2011
    case portNotServed = 2012
    case protocolNotAllowed = 2013
    case llmHostMismatch = 2014
    case conflictingLLMEndpoints = 2015
    case sharedAgent = 2016
    case hostNetworkPeer = 2017
    case unknownTarget = 2018
    case ambiguousSource = 2019
    case invalidJSONPath = 2020
    case protocolNotServed = 2021
    case invalidSelector = 2022

    case unresolvedEndpoint = 3001
    case duplicateEndpoint = 3002
    case workloadWithoutPolicy = 3003
    case emptyPolicy = 3004
    case unreachableAuthService = 3005
    case unreachableResolver = 3006
    case sharedBackend = 3007
    case endpointByWorkload = 3008
    case unresolvedTarget = 3009
    case deprecatedForm = 3010
    case toolChecksUnset = 3011

    case tooManyClasses = 4001
    case tooManyRules = 4002
    case tableNotFound = 4003

    case refutedObject = 5001
    case unprovableObject = 5002
    case undecidedProof = 5003
    case foreignManifest = 5004

    case undecodableProgram = 5101
    case programStopped = 5102
    case undeterminedResult = 5103
    case undecidedRun = 5104

    case unreadableFile = 6001
    case unwritableOutput = 6002
    case missingPrivilege = 6003
    case kernelTooOld = 6004
    case missingCgroup = 6005
    case rejectedByKernel = 6006
    case corruptBundle = 6007
    case unservedEnforcementPoint = 6008
    case invalidInventory = 6009
    case notLoaded = 6010
    case systemCallFailed = 6011
    case unprovedBundle = 6012
    case untrustedBundle = 6013
    case attestationMismatch = 6014
    case invalidAttestation = 6015
    case staleGeneration = 6016
    case unusableKey = 6017

    case internalError = 9001

    /// The code as people and programs write it: `CASA1001`.
    package var identifier: String { "CASA\(rawValue)" }

    /// The kebab-case name, from the name of the case: `unknown-key`.
    package var name: String {
        var result = ""
        var previousWasUpper = true
        let letters = Array("\(self)")
        for (index, letter) in letters.enumerated() {
            let nextIsLower = index + 1 < letters.count && letters[index + 1].isLowercase
            if letter.isUppercase, !previousWasUpper || (index > 0 && nextIsLower) { result.append("-") }
            result.append(contentsOf: letter.lowercased())
            previousWasUpper = letter.isUppercase
        }
        return result
    }

    /// How bad it is unless the place that reports it knows better.
    package var defaultSeverity: Severity {
        if Self.informative.contains(self) { return .info }
        return isLint ? .warning : .error
    }

    private static let informative: Set<Self> = [
        .skippedDocument, .sharedBackend, .endpointByWorkload, .deprecatedForm, .toolChecksUnset,
    ]

    /// Lints advise and never fail a check; errors of meaning always do.
    package var isLint: Bool { rawValue / 1000 == 3 }
}
